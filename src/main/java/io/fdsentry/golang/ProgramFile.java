package io.fdsentry.golang;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.procfs.PidExe;
import io.fdsentry.procfs.ProcFs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The file of the program that a process runs, through `/proc/PID/exe`
/// ([proc_pid_exe(5)](https://man7.org/linux/man-pages/man5/proc_pid_exe.5.html)), so also one that was deleted.
/// Needs the right to look into the process, less than its memory asks for.
final class ProgramFile implements Bytes, AutoCloseable {
    private static final int CAPACITY = 64 * 1024;

    private final int fd;
    private final NativeBuffer buffer = new NativeBuffer(CAPACITY);

    private ProgramFile(int fd) {
        this.fd = fd;
    }

    /// @throws Unreadable gone also where the process ended and waits for its parent
    static ProgramFile open(ProcFs procfs, int pid) throws Unreadable {
        try {
            return new ProgramFile(Libc.open(procfs.root().resolve(pid + "/exe").toString()));
        } catch (ErrnoException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT, Errno.ESRCH -> Unreadable.gone();
                case Errno.EACCES, Errno.EPERM -> denied(procfs, pid);
                default -> Unreadable.failed(e.getMessage());
            };
        }
    }

    private static Unreadable denied(ProcFs procfs, int pid) {
        return PidExe.read(procfs, pid) instanceof Outcome.Denied<PidExe>(Reason reason)
                ? Unreadable.denied(reason)
                : Unreadable.denied(Reason.PERMISSION);
    }

    @Override
    public ByteBuffer read(long address, int length) throws Unreadable {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int n = piece(address + done, Math.min(length - done, CAPACITY));
            buffer.bytes().get(0, bytes, done, n);
            done += n;
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int piece(long offset, int length) throws Unreadable {
        if (offset < 0) {
            throw Unreadable.unsupported("a truncated program");
        }
        try {
            int n = Libc.pread(fd, offset, length, buffer);
            if (n == 0) {
                throw Unreadable.unsupported("a truncated program");
            }
            return n;
        } catch (ErrnoException e) {
            throw Unreadable.failed("the program's file: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
