package io.fdsentry.libc;

import io.fdsentry.model.FdKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A descriptor of every kind, opened in this process by the kernel's own calls. What this machine does not
/// permit is listed as missing.
public final class FdZoo implements AutoCloseable {
    private static final int O_CREAT = 0x40;
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_PACKET = 17;
    private static final int SOCK_STREAM = 1;
    private static final int IPPROTO_ICMP = 1;
    private static final int MFD_CLOEXEC = 1;

    private final Path directory;
    private final NativeBuffer memory = new NativeBuffer(4096);
    private final List<Animal> animals = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    /// @param fd open
    /// @param kind what it has to be counted as
    /// @param deleted whether it is a file without a name
    /// @param what it is, in words
    public record Animal(int fd, FdKind kind, boolean deleted, String what) {}

    private FdZoo(Path directory) {
        this.directory = directory;
    }

    /// @param directory for files, empty
    public static FdZoo open(Path directory) throws IOException {
        FdZoo zoo = new FdZoo(directory);
        zoo.addSockets();
        zoo.addAnonymous();
        zoo.addPipes();
        zoo.addFiles();
        return zoo;
    }

    public List<Animal> animals() {
        return animals;
    }

    /// What could not be opened here, and why.
    public List<String> missing() {
        return missing;
    }

    @Override
    public void close() {
        animals.forEach(animal -> Libc.close(animal.fd()));
    }

    private void addSockets() {
        socket("TCP", AF_INET, SOCK_STREAM, 0);
        socket("TCP over IPv6", AF_INET6, SOCK_STREAM, 0);
        socket("MPTCP", AF_INET, SOCK_STREAM, 262);
        socket("UDP", AF_INET, Libc.SOCK_DGRAM, 0);
        socket("unix", Libc.AF_UNIX, SOCK_STREAM, 0);
        socket("netlink", Libc.AF_NETLINK, Libc.SOCK_RAW, 0);
        socket("raw", AF_INET, Libc.SOCK_RAW, IPPROTO_ICMP);
        socket("packet", AF_PACKET, Libc.SOCK_RAW, 0);
    }

    private void socket(String what, int domain, int type, int protocol) {
        add(FdKind.SOCKET, what + " socket", Kernel.call(Syscall.SOCKET, domain, type, protocol, 0, 0, 0));
    }

    private void addAnonymous() {
        long page = memory.address();
        add(FdKind.EVENTFD, "eventfd", call(290, 19, 0, 0));
        add(FdKind.EVENTPOLL, "epoll", call(291, 20, 0, 0));
        add(FdKind.INOTIFY, "inotify", call(294, 26, 0, 0));
        add(FdKind.TIMERFD, "timerfd", call(283, 85, 1, 0));
        add(FdKind.SIGNALFD, "signalfd", call(289, 74, -1, page, 8, 0));
        memory.putCString(0, "a name");
        add(FdKind.MEMFD, "memfd", call(319, 279, page, MFD_CLOEXEC));
        add(FdKind.PIDFD, "pidfd", call(434, 434, ProcessHandle.current().pid(), 0));
        memory.bytes().put(0, new byte[1024]);
        add(FdKind.IO_URING, "io_uring", call(425, 425, 4, page));
        // union bpf_attr of BPF_MAP_CREATE: an array of one element, keys and values of 4 bytes
        memory.bytes()
                .put(0, new byte[1024])
                .putInt(0, 2)
                .putInt(4, 4)
                .putInt(8, 4)
                .putInt(12, 1);
        add(FdKind.BPF, "bpf map", call(321, 280, 0, page, 128, 0));
        add(FdKind.OTHER, "network namespace", opened("/proc/self/ns/net", 0));
    }

    private void addPipes() {
        long made = call(293, 59, memory.address(), 0);
        add(FdKind.PIPE, "read end of a pipe", made == 0 ? memory.bytes().getInt(0) : made);
        add(FdKind.PIPE, "write end of a pipe", made == 0 ? memory.bytes().getInt(4) : made);
        String fifo = directory.resolve("fifo").toString();
        memory.putCString(0, fifo);
        call(259, 33, Libc.AT_FDCWD, memory.address(), 0x1000 | 0x180, 0);
        add(FdKind.PIPE, "fifo", opened(fifo, O_RDWR | O_NONBLOCK));
    }

    private void addFiles() throws IOException {
        add(FdKind.DEVICE, "character device", opened("/dev/null", 0));
        add(FdKind.DIRECTORY, "directory", opened(directory.toString(), 0));
        add(FdKind.REGULAR, "file", created("file"));
        add(FdKind.REGULAR, "file of a procfs", opened("/proc/self/status", 0));
        add(FdKind.REGULAR, "file that is called deleted", created("false (deleted)"));
        add(FdKind.REGULAR, "file that is called like a memfd", created("memfd: (deleted)"));

        add(FdKind.REGULAR, "deleted name of a file that has another", created("one name"));
        Files.createLink(directory.resolve("another name"), directory.resolve("one name"));
        Files.delete(directory.resolve("one name"));

        add(FdKind.REGULAR, true, "deleted file", created("deleted"));
        Files.delete(directory.resolve("deleted"));
        Files.createDirectory(directory.resolve("gone"));
        add(
                FdKind.DIRECTORY,
                "deleted directory",
                opened(directory.resolve("gone").toString(), 0));
        Files.delete(directory.resolve("gone"));

        int end = memory.putCString(0, directory + "/no text ");
        memory.bytes().putInt(end - 1, 0x00FFFEFF);
        add(FdKind.REGULAR, "file with a name that is no text", opened(O_CREAT | O_RDWR));
    }

    private long created(String name) {
        return opened(directory.resolve(name).toString(), O_CREAT | O_RDWR);
    }

    private long opened(String path, int flags) {
        memory.putCString(0, path);
        return opened(flags);
    }

    private long opened(int flags) {
        return Kernel.call(Syscall.OPENAT, Libc.AT_FDCWD, memory.address(), flags, 0x180, 0, 0);
    }

    private void add(FdKind kind, String what, long fd) {
        add(kind, false, what, fd);
    }

    private void add(FdKind kind, boolean deleted, String what, long fd) {
        if (fd < 0) {
            missing.add(what + ": " + Errno.describe((int) -fd));
        } else {
            animals.add(new Animal((int) fd, kind, deleted, what));
        }
    }

    /// A call that only tests make, by its number on either machine.
    private static long call(int x8664, int aarch64, long... arguments) {
        long[] all = Arrays.copyOf(arguments, 6);
        int number = Machine.CURRENT == Machine.AARCH64 ? aarch64 : x8664;
        return Kernel.raw(number, all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    /// Makes a number refer to what another refers to, as dup3(2) does.
    public static void duplicate(int from, int to) {
        if (call(292, 24, from, to, 0x80000) < 0) {
            throw new IllegalStateException("dup3");
        }
    }

    /// Forbids to look into this process, as setuid(2) without an exec does (`PR_SET_DUMPABLE`).
    public static void hide() {
        if (call(157, 167, 4, 0) != 0) {
            throw new IllegalStateException("prctl");
        }
    }
}
