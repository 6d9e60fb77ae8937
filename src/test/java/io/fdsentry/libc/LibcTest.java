package io.fdsentry.libc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.libc.Statx.FileType;
import io.fdsentry.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the kernel this test runs on.
final class LibcTest {
    @TempDir
    Path directory;

    private final NativeBuffer buffer = new NativeBuffer(8192);

    @Test
    void callsCanBeMadeHere() {
        assertNull(Libc.unavailable());
    }

    @Test
    void readsWhatAFileHolds() throws Exception {
        int fd = Libc.open(fileOf("hello").toString());
        try {
            assertEquals(5, Libc.read(fd, buffer));
            assertEquals("hello", text(5));
            assertEquals(0, Libc.read(fd, buffer));
        } finally {
            Libc.close(fd);
        }
    }

    /// FIONREAD: how much there is left to read.
    @Test
    void asksTheDriverOfAFile() throws Exception {
        int fd = Libc.open(fileOf("hello").toString());
        try {
            Libc.ioctl(fd, 0x541B, buffer);
            assertEquals(5, buffer.bytes().getInt(0));
            assertThrows(ErrnoException.class, () -> Libc.ioctl(fd, 0x5413, buffer));
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void limitsTheDescriptorsOfAnotherProcess() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            int pid = Math.toIntExact(other.pid());
            Libc.limitOpenFiles(pid, 77);
            assertTrue(
                    Files.readAllLines(Path.of("/proc", Integer.toString(pid), "limits")).stream()
                            .anyMatch(line -> line.matches("Max open files +77 +77 .*")),
                    "the limit is not 77");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void anErrorHasItsNumberNameAndWords() {
        var missing = assertThrows(
                ErrnoException.class, () -> Libc.open(directory.resolve("none").toString()));
        assertEquals(Errno.ENOENT, missing.errno());
        assertTrue(missing.getMessage().endsWith("none: ENOENT (No such file or directory)"), missing.getMessage());
        assertTrue(missing.getMessage().startsWith("openat /"), missing.getMessage());
    }

    @Test
    void anErrorOfOneCallDoesNotReachTheNext() throws Exception {
        assertThrows(ErrnoException.class, () -> Libc.read(-1, buffer));
        Libc.close(Libc.open("/dev/null"));
        var bad = assertThrows(ErrnoException.class, () -> Libc.read(-1, buffer));
        assertEquals("read -1: EBADF (Bad file descriptor)", bad.getMessage());
    }

    @Test
    void listsADirectory() throws Exception {
        fileOf("x");
        int fd = Libc.openDirectory(directory.toString());
        try {
            int end = Libc.getdents64(fd, buffer);
            int entries = 0;
            for (int at = 0; at < end; at += Short.toUnsignedInt(buffer.bytes().getShort(at + 16))) {
                entries++;
            }
            assertEquals(3, entries, ". and .. and the file");
            assertEquals(0, Libc.getdents64(fd, buffer));
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void aFileIsNotADirectory() {
        var notOne = assertThrows(
                ErrnoException.class, () -> Libc.openDirectory(fileOf("x").toString()));
        assertEquals(Errno.ENOTDIR, notOne.errno());
    }

    @Test
    void readsLinksByPathAndBelowADirectory() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        assertEquals(6, Libc.readlink(directory.resolve("link").toString(), buffer));
        assertEquals("target", text(6));

        NativeBuffer names = new NativeBuffer(16);
        int name = names.putCString(0, "other");
        names.putCString(name, "link");
        int fd = Libc.openDirectory(directory.toString());
        try {
            buffer.bytes().put(0, new byte[6]);
            assertEquals(6, Libc.readlinkat(fd, names, name, buffer));
            assertEquals("target", text(6));
            assertThrows(ErrnoException.class, () -> Libc.readlinkat(fd, names, 0, buffer));
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void statxAgreesWithFiles() throws Exception {
        Path file = fileOf("hello");
        Statx statx = new Statx();
        int mask = Libc.STATX_TYPE | Libc.STATX_INO | Libc.STATX_SIZE | Libc.STATX_NLINK;
        Libc.statx(file.toString(), Libc.AT_STATX_DONT_SYNC, mask, statx);
        assertEquals(5, statx.size());
        assertEquals(1, statx.links());
        assertEquals(Files.getAttribute(file, "unix:mode"), statx.mode());
        assertEquals(Files.getAttribute(file, "unix:ino"), statx.inode());
        assertEquals(Files.getAttribute(file, "unix:uid"), statx.uid());
        assertEquals(Files.getAttribute(file, "unix:gid"), statx.gid());
        assertEquals(FileType.REGULAR, statx.type());

        NativeBuffer names = new NativeBuffer(8);
        names.putCString(0, "..");
        int fd = Libc.openDirectory(directory.toString());
        try {
            Libc.statx(fd, names, 0, 0, Libc.STATX_TYPE, statx);
        } finally {
            Libc.close(fd);
        }
        assertEquals(FileType.DIRECTORY, statx.type());
    }

    @Test
    void aSocketNamesItsProtocol() throws Exception {
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        try {
            int length = Libc.getxattr("/proc/self/fd/" + fd, "system.sockprotoname", buffer);
            assertEquals("NETLINK\0", text(length));
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void socketOptionsAreSetAndReadBack() throws Exception {
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, 65536);
            assertEquals(2 * 65536, Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF));
        } finally {
            Libc.close(fd);
        }
    }

    /// A request for the first link (`RTM_GETLINK`), which the kernel answers to anybody.
    @Test
    void netlinkAnswersAndTellsWhenItsAnswerWasCut() throws Exception {
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        try {
            Libc.receiveTimeout(fd, Duration.ofMillis(20));
            assertEquals(
                    Errno.EAGAIN,
                    assertThrows(ErrnoException.class, () -> Libc.recv(fd, buffer, 0))
                            .errno());

            NativeBuffer address = new NativeBuffer(12);
            address.bytes().putShort(0, (short) Libc.AF_NETLINK);
            Libc.bind(fd, address, 12);
            Libc.receiveTimeout(fd, Duration.ofSeconds(10));
            NativeBuffer request = new NativeBuffer(32);
            request.bytes()
                    .putInt(0, 32)
                    .putShort(4, (short) 18)
                    .putShort(6, (short) 1)
                    .putInt(8, 7)
                    .putInt(20, 1);
            assertEquals(32, Libc.send(fd, request, 32, 0));
            NativeBuffer small = new NativeBuffer(16);
            int length = Libc.recv(fd, small, Libc.MSG_TRUNC);
            assertTrue(length > small.capacity(), "true length " + length);
            assertEquals(7, small.bytes().getInt(8), "sequence number");
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void readsManyRangesOfMemoryAtOnce() throws Exception {
        NativeBuffer here = new NativeBuffer(4096);
        here.bytes().putLong(8, 0x1122334455667788L).putInt(4000, 42);
        Iovecs ranges = new Iovecs();
        ranges.add(here.address() + 8, 8);
        ranges.add(here.address() + 4000, 4);
        assertEquals(12, Libc.processVmReadv(pid(), ranges, buffer, 100));
        assertEquals(0x1122334455667788L, buffer.bytes().getLong(100));
        assertEquals(42, buffer.bytes().getInt(108));

        ranges.clear();
        ranges.add(here.address(), 16);
        ranges.add(1, 16);
        assertEquals(16, Libc.processVmReadv(pid(), ranges, buffer, 0), "up to the range that is not readable");
    }

    @Test
    void doesNotReadMoreMemoryThanTheBufferHolds() {
        Iovecs ranges = new Iovecs();
        ranges.add(0x1000, 100);
        assertThrows(
                IndexOutOfBoundsException.class, () -> Libc.processVmReadv(pid(), ranges, new NativeBuffer(120), 21));
    }

    @Test
    void entersTheNamespaceItIsInOrIsToldWhyNot() throws Exception {
        int fd = Libc.open("/proc/self/ns/net");
        try {
            Libc.setns(fd, Libc.CLONE_NEWNET);
        } catch (ErrnoException e) {
            assertEquals(Errno.EPERM, e.errno(), e.getMessage());
        } finally {
            Libc.close(fd);
        }
    }

    @Test
    void theClockOfAProcessMovesOnlyWhileItRuns() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "100").start();
        try {
            int pid = (int) sleeper.pid();
            Await.until(
                    "it sleeps",
                    () -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains("(sleep) S"));
            long asleep = Libc.processCpuNanos(pid);
            long mine = Libc.processCpuNanos(pid());
            assertTrue(asleep > 0);
            assertEquals(asleep, Libc.processCpuNanos(pid));
            assertTrue(Libc.threadCpuNanos() <= Libc.processCpuNanos(pid()));
            assertTrue(Libc.processCpuNanos(pid()) > mine);
        } finally {
            sleeper.destroyForcibly().waitFor();
        }
        var gone = assertThrows(ErrnoException.class, () -> Libc.processCpuNanos((int) sleeper.pid()));
        assertEquals(Errno.EINVAL, gone.errno());
    }

    @Test
    void knowsWhoItIs() throws Exception {
        assertEquals(Files.getAttribute(Path.of("/proc/self/fd"), "unix:uid"), Libc.geteuid());
        assertEquals(Files.getAttribute(Path.of("/proc/self/fd"), "unix:gid"), Libc.getegid());
    }

    @Test
    void aBufferHoldsStringsWithTheirNul() {
        NativeBuffer small = new NativeBuffer(4);
        assertEquals(4, small.putCString(0, "abc"));
        byte[] content = new byte[4];
        small.bytes().get(0, content);
        assertArrayEquals(new byte[] {'a', 'b', 'c', 0}, content);
        assertThrows(IllegalArgumentException.class, () -> small.putCString(0, "abcd"));
    }

    private static int pid() {
        return (int) ProcessHandle.current().pid();
    }

    private Path fileOf(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content);
    }

    private String text(int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
