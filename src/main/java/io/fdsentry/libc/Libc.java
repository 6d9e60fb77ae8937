package io.fdsentry.libc;

import static io.fdsentry.libc.Kernel.call;
import static io.fdsentry.libc.Kernel.check;
import static io.fdsentry.libc.Kernel.once;

import java.lang.ref.Reference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// System calls as static methods. None allocates but on failure, and where it takes a path as text (the JDK itself
/// makes 40 bytes a call where C2 is off).
///
/// All go through one native function, `syscall(2)`, which every libc has (glibc, musl) and which needs one linkage
/// instead of twenty. A call that a signal interrupted is made again. Methods named after a call are described by
/// its page in section 2 of the manual.
public final class Libc {
    /// Instead of a directory fd: paths are relative to the working directory.
    public static final int AT_FDCWD = -100;
    /// statx: what is known without asking a server, which may be dead.
    public static final int AT_STATX_DONT_SYNC = 0x4000;
    /// statx and open: mount nothing on the way.
    public static final int AT_NO_AUTOMOUNT = 0x800;

    public static final int STATX_TYPE = 0x1;
    public static final int STATX_NLINK = 0x4;
    public static final int STATX_UID = 0x8;
    public static final int STATX_INO = 0x100;
    public static final int STATX_SIZE = 0x200;

    private static final int SIGTSTP = 20;

    public static final int AF_NETLINK = 16;
    public static final int AF_UNIX = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVBUF = 8;
    /// recv: answer the true length of a datagram, also where it is longer than the buffer.
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int CLONE_NEWNET = 0x40000000;

    private static final int O_CLOEXEC = 0x80000;
    private static final int SO_RCVTIMEO = 20;
    private static final int RLIMIT_NOFILE = 7;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    /// The clock of a process that counts what the scheduler gave it (include/linux/posix-timers_types.h).
    private static final int CPUCLOCK_SCHED = 2;

    private Libc() {}

    /// Why no call can be made here, in words; null where they can.
    public static @Nullable String unavailable() {
        return Kernel.unavailable();
    }

    /// Opens a file for reading; the descriptor is closed on exec.
    public static int open(String path) throws ErrnoException {
        return openat(path, 0);
    }

    /// Opens a directory for [#getdents64] and as the first argument of the calls that end in `at`.
    public static int openDirectory(String path) throws ErrnoException {
        int directoryFlag = Machine.CURRENT == Machine.AARCH64 ? 0x4000 : 0x10000;
        return openat(path, directoryFlag);
    }

    /// Opens a file below a directory for reading; the descriptor is closed on exec.
    ///
    /// @param names holds the name with its NUL, at `name`; such as what [#getdents64] filled
    public static int openat(int directory, NativeBuffer names, int name) throws ErrnoException {
        long fd = call(Syscall.OPENAT, directory, names.address(name, 1), O_CLOEXEC, 0, 0, 0);
        Reference.reachabilityFence(names);
        return (int) check(fd, "openat", directory);
    }

    private static int openat(String path, int flags) throws ErrnoException {
        NativeBuffer text = Scratch.get().path(path);
        return (int) check(call(Syscall.OPENAT, AT_FDCWD, text.address(), flags | O_CLOEXEC, 0, 0, 0), "openat", path);
    }

    /// Closes a descriptor; errors of descriptors that were only read tell nothing.
    public static void close(int fd) {
        var _ = once(Syscall.CLOSE, fd, 0, 0, 0, 0, 0);
    }

    /// @return bytes read, 0 at the end of the file
    public static int read(int fd, NativeBuffer into) throws ErrnoException {
        long n = call(Syscall.READ, fd, into.address(), into.capacity(), 0, 0, 0);
        Reference.reachabilityFence(into);
        return (int) check(n, "read", fd);
    }

    /// @param offset in the file
    /// @param length bytes to read to the start of the buffer
    /// @return bytes read, fewer at the end of the file
    public static int pread(int fd, long offset, int length, NativeBuffer into) throws ErrnoException {
        long n = call(Syscall.PREAD64, fd, into.address(0, length), length, offset, 0, 0);
        Reference.reachabilityFence(into);
        return (int) check(n, "pread", fd);
    }

    /// Directory entries, from where the last call on `fd` ended.
    ///
    ///     struct linux_dirent64 {         // include/linux/dirent.h
    ///         u64            d_ino;       //  0
    ///         s64            d_off;       //  8
    ///         unsigned short d_reclen;    // 16
    ///         unsigned char  d_type;      // 18
    ///         char           d_name[];    // 19, NUL at its end
    ///     };
    ///
    /// @return bytes of entries, 0 at the end
    public static int getdents64(int fd, NativeBuffer entries) throws ErrnoException {
        long n = call(Syscall.GETDENTS64, fd, entries.address(), entries.capacity(), 0, 0, 0);
        Reference.reachabilityFence(entries);
        return (int) check(n, "getdents64", fd);
    }

    /// The text of a link, without a NUL; a full buffer means that it may have been cut.
    ///
    /// @param names holds the name of the link with its NUL, at `name`; such as what [#getdents64] filled
    /// @return bytes of the text
    public static int readlinkat(int directory, NativeBuffer names, int name, NativeBuffer text) throws ErrnoException {
        long n = call(Syscall.READLINKAT, directory, names.address(name, 1), text.address(), text.capacity(), 0, 0);
        Reference.reachabilityFence(names);
        Reference.reachabilityFence(text);
        return (int) check(n, "readlinkat", directory);
    }

    /// The text of a link, without a NUL; a full buffer means that it may have been cut.
    ///
    /// @return bytes of the text
    public static int readlink(String path, NativeBuffer text) throws ErrnoException {
        NativeBuffer name = Scratch.get().path(path);
        long n = call(Syscall.READLINKAT, AT_FDCWD, name.address(), text.address(), text.capacity(), 0, 0);
        Reference.reachabilityFence(text);
        return (int) check(n, "readlink", path);
    }

    /// @param names holds the name with its NUL, at `name`
    /// @param flags [#AT_STATX_DONT_SYNC] and the like
    /// @param mask what is wanted: [#STATX_TYPE] and the like
    public static void statx(int directory, NativeBuffer names, int name, int flags, int mask, Statx into)
            throws ErrnoException {
        long done = call(
                Syscall.STATX,
                directory,
                names.address(name, 1),
                flags,
                mask,
                into.buffer().address(),
                0);
        Reference.reachabilityFence(names);
        Reference.reachabilityFence(into);
        var _ = check(done, "statx", directory);
    }

    /// @param flags [#AT_STATX_DONT_SYNC] and the like
    /// @param mask what is wanted: [#STATX_TYPE] and the like
    public static void statx(String path, int flags, int mask, Statx into) throws ErrnoException {
        NativeBuffer name = Scratch.get().path(path);
        long done = call(
                Syscall.STATX,
                AT_FDCWD,
                name.address(),
                flags,
                mask,
                into.buffer().address(),
                0);
        Reference.reachabilityFence(into);
        var _ = check(done, "statx", path);
    }

    /// An extended attribute, such as `system.sockprotoname` of `/proc/PID/fd/N`.
    ///
    /// @return bytes of its value
    public static int getxattr(String path, String attribute, NativeBuffer value) throws ErrnoException {
        Scratch scratch = Scratch.get();
        NativeBuffer file = scratch.path(path);
        NativeBuffer name = scratch.name(attribute);
        long n = call(Syscall.GETXATTR, file.address(), name.address(), value.address(), value.capacity(), 0, 0);
        Reference.reachabilityFence(value);
        return (int) check(n, "getxattr " + attribute, path);
    }

    /// @param type with [#SOCK_CLOEXEC]
    public static int socket(int domain, int type, int protocol) throws ErrnoException {
        return (int) check(call(Syscall.SOCKET, domain, type, protocol, 0, 0, 0), "socket", domain);
    }

    /// @param length bytes of the address at the start of the buffer
    public static void bind(int fd, NativeBuffer address, int length) throws ErrnoException {
        long done = call(Syscall.BIND, fd, address.address(0, length), length, 0, 0, 0);
        Reference.reachabilityFence(address);
        var _ = check(done, "bind", fd);
    }

    /// @param length bytes to send from the start of the buffer
    /// @return bytes sent
    public static int send(int fd, NativeBuffer message, int length, int flags) throws ErrnoException {
        long n = call(Syscall.SENDTO, fd, message.address(0, length), length, flags, 0, 0);
        Reference.reachabilityFence(message);
        return (int) check(n, "send", fd);
    }

    /// @return bytes received; with [#MSG_TRUNC] more than the capacity of the buffer if the datagram was cut
    public static int recv(int fd, NativeBuffer into, int flags) throws ErrnoException {
        long n = call(Syscall.RECVFROM, fd, into.address(), into.capacity(), flags, 0, 0);
        Reference.reachabilityFence(into);
        return (int) check(n, "recv", fd);
    }

    /// Sets an option whose value is an `int`.
    public static void setsockopt(int fd, int level, int option, int value) throws ErrnoException {
        NativeBuffer holder = Scratch.get().value();
        holder.bytes().putInt(0, value);
        setOption(fd, level, option, holder, Integer.BYTES);
    }

    /// `SO_RCVTIMEO`: [#recv] fails with EAGAIN after this time without a message.
    ///
    ///     struct timeval { time_t tv_sec; suseconds_t tv_usec; };     // 8 + 8
    public static void receiveTimeout(int fd, Duration timeout) throws ErrnoException {
        NativeBuffer holder = Scratch.get().value();
        holder.bytes().putLong(0, timeout.toSeconds()).putLong(Long.BYTES, timeout.toNanosPart() / 1000);
        setOption(fd, SOL_SOCKET, SO_RCVTIMEO, holder, 2 * Long.BYTES);
    }

    private static void setOption(int fd, int level, int option, NativeBuffer value, int length) throws ErrnoException {
        long done = call(Syscall.SETSOCKOPT, fd, level, option, value.address(0, length), length, 0);
        var _ = check(done, "setsockopt " + option, fd);
    }

    /// An option whose value is an `int`; the kernel answers twice what [#SO_RCVBUF] was set to.
    public static int getsockopt(int fd, int level, int option) throws ErrnoException {
        NativeBuffer holder = Scratch.get().value();
        holder.bytes().putInt(Long.BYTES, Integer.BYTES);
        long done = call(Syscall.GETSOCKOPT, fd, level, option, holder.address(), holder.address(Long.BYTES, 4), 0);
        var _ = check(done, "getsockopt " + option, fd);
        return holder.bytes().getInt(0);
    }

    /// Asks or tells the driver behind a descriptor something.
    ///
    /// @param request such as `TIOCGWINSZ` ([ioctl_tty(2)](https://man7.org/linux/man-pages/man2/ioctl_tty.2.html))
    /// @param argument what the request reads or writes
    public static void ioctl(int fd, int request, NativeBuffer argument) throws ErrnoException {
        long done = call(Syscall.IOCTL, fd, request, argument.address(), 0, 0, 0);
        Reference.reachabilityFence(argument);
        var _ = check(done, "ioctl", fd);
    }

    /// Has the job this process belongs to wait, as Ctrl-Z does, until its shell continues it.
    public static void suspend() throws ErrnoException {
        var _ = check(call(Syscall.KILL, 0, SIGTSTP, 0, 0, 0, 0), "kill", 0);
    }

    /// Sets how many descriptors a process of the same user may have open, soft and hard.
    ///
    ///     struct rlimit64 { __u64 rlim_cur, rlim_max; };      // 8 + 8
    ///
    /// @throws ErrnoException EPERM where its hard limit is lower
    public static void limitOpenFiles(int pid, long most) throws ErrnoException {
        NativeBuffer limit = Scratch.get().value();
        limit.bytes().putLong(0, most).putLong(Long.BYTES, most);
        var _ = check(call(Syscall.PRLIMIT64, pid, RLIMIT_NOFILE, limit.address(), 0, 0, 0), "prlimit", pid);
    }

    /// Moves the calling thread into another namespace: only ever on a platform thread made for it.
    ///
    /// @param fd of a file such as `/proc/PID/ns/net`
    /// @param type [#CLONE_NEWNET]
    public static void setns(int fd, int type) throws ErrnoException {
        var _ = check(call(Syscall.SETNS, fd, type, 0, 0, 0, 0), "setns", fd);
    }

    /// CPU time all threads of a process have used together, those that ended included, in nanoseconds: it stands
    /// still while none of them runs. Anyone may ask it of any process of his pid namespace
    /// (clock_getcpuclockid(3)).
    ///
    /// @throws ErrnoException EINVAL where there is no such process
    public static long processCpuNanos(int pid) throws ErrnoException {
        return clockGettime(~pid << 3 | CPUCLOCK_SCHED);
    }

    /// CPU time of the calling thread, in nanoseconds.
    public static long threadCpuNanos() throws ErrnoException {
        return clockGettime(CLOCK_THREAD_CPUTIME_ID);
    }

    /// `struct timespec { time_t tv_sec; long tv_nsec; };     // 8 + 8`
    private static long clockGettime(int clock) throws ErrnoException {
        NativeBuffer time = Scratch.get().value();
        var _ = check(call(Syscall.CLOCK_GETTIME, clock, time.address(), 0, 0, 0, 0), "clock_gettime", clock);
        return time.bytes().getLong(0) * 1_000_000_000 + time.bytes().getLong(Long.BYTES);
    }

    public static int geteuid() {
        return (int) once(Syscall.GETEUID, 0, 0, 0, 0, 0, 0);
    }

    public static int getegid() {
        return (int) once(Syscall.GETEGID, 0, 0, 0, 0, 0, 0);
    }

    /// Reads ranges of another process' memory, one after the other, into a buffer.
    ///
    /// @param offset in the buffer, where the first range goes
    /// @return bytes read: fewer than asked for where a range is not readable, up to the end of the range before it
    /// @throws IndexOutOfBoundsException if the ranges do not fit into the buffer
    public static int processVmReadv(int pid, Iovecs ranges, NativeBuffer into, int offset) throws ErrnoException {
        NativeBuffer local = Scratch.get().value();
        int length = Math.toIntExact(ranges.length());
        local.bytes().putLong(0, into.address(offset, length)).putLong(Long.BYTES, length);
        long remote = ranges.vectors().address();
        long n = call(Syscall.PROCESS_VM_READV, pid, local.address(), 1, remote, ranges.count(), 0);
        Reference.reachabilityFence(into);
        Reference.reachabilityFence(ranges);
        return (int) check(n, "process_vm_readv", pid);
    }
}
