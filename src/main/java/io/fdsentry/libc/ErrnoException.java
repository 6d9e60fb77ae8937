package io.fdsentry.libc;

/// A system call failed. It has no stack trace: most of these are ordinary (a process that went away, a door that
/// is shut), and a round may meet thousands.
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1;

    private final String call;
    private final int errno;

    ErrnoException(String call, int errno) {
        super(null, null, false, false);
        this.call = call;
        this.errno = errno;
    }

    /// The number, as in errno(3); compare with the constants of [Errno].
    public int errno() {
        return errno;
    }

    /// Such as `openat /proc/1/fd: EACCES (Permission denied)`.
    @Override
    public String getMessage() {
        return call + ": " + Errno.describe(errno);
    }
}
