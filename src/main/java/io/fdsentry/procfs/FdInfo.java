package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;

/// `/proc/PID/fdinfo/N`
/// ([proc_pid_fdinfo(5)](https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html)): where SYS_PTRACE is the
/// only capability, it may be read and `fd/` may not. Used again for the next; makes no garbage.
final class FdInfo {
    private static final byte[] INODE = "\nino:\t".getBytes(US_ASCII);
    private static final byte[] MOUNT = "\nmnt_id:\t".getBytes(US_ASCII);
    private static final int CAPACITY = 4096;

    private final NativeBuffer buffer = new NativeBuffer(CAPACITY);
    private final byte[] text = new byte[CAPACITY];
    private long inode;
    private long mount;

    /// Reads one and closes it.
    ///
    /// @return whether it names an inode and a mount, as it does from Linux 5.14 on
    boolean read(int fd) throws ErrnoException {
        int length;
        try {
            length = Libc.read(fd, buffer);
        } finally {
            Libc.close(fd);
        }
        buffer.bytes().get(0, text, 0, length);
        return parse(text, length);
    }

    /// The inode, unique only within its file system.
    long inode() {
        return inode;
    }

    /// The mount its file system is known by (`mnt_id`): the same for all sockets of the machine.
    long mount() {
        return mount;
    }

    boolean parse(byte[] bytes, int length) {
        int inodeAt = behind(INODE, bytes, length);
        int mountAt = behind(MOUNT, bytes, length);
        if (inodeAt == 0 || mountAt == 0) {
            return false;
        }
        inode = number(bytes, inodeAt, length);
        mount = number(bytes, mountAt, length);
        return true;
    }

    /// Where the value of a key begins; 0 where there is none.
    private static int behind(byte[] key, byte[] bytes, int length) {
        for (int at = 0; at + key.length < length; at++) {
            int matched = 0;
            while (matched < key.length && bytes[at + matched] == key[matched]) {
                matched++;
            }
            if (matched == key.length) {
                return at + matched;
            }
        }
        return 0;
    }

    private static long number(byte[] bytes, int from, int length) {
        long value = 0;
        for (int at = from; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            value = value * 10 + bytes[at] - '0';
        }
        return value;
    }
}
