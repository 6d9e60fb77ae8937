package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.FdZoo;
import io.fdsentry.libc.FdZoo.Animal;
import io.fdsentry.libc.Libc;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The descriptors of this very process.
class FdDirectoryTest {
    private static final ProcFs PROC = new ProcFs(Path.of("/proc"));
    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final FdDirectory fds = new FdDirectory(PROC);

    @Test
    void everyKindIsToldApart() throws Exception {
        try (FdZoo zoo = FdZoo.open(directory)) {
            FdListing listing = list();
            assertAll(zoo.animals().stream()
                    .map(animal -> () -> assertEquals(animal.kind(), kindOf(listing, animal.fd()), animal.what())));
            assertEquals(listing.size(), listing.kinds().kinds().total());
            assertTrue(listing.kindsKnown());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"IO_URING", "BPF", "EVENTFD", "EVENTPOLL", "INOTIFY", "TIMERFD", "SIGNALFD", "MEMFD", "PIDFD"})
    void everyKindIsOpenedHere(FdKind kind) throws Exception {
        try (FdZoo zoo = FdZoo.open(directory)) {
            Needs.that(zoo.animals().stream().anyMatch(animal -> animal.kind() == kind), kind + ": " + zoo.missing());
        }
    }

    @Test
    void filesWithoutANameAreDeletedWhateverTheirLinksSay() throws Exception {
        int before = list().deleted();
        try (FdZoo zoo = FdZoo.open(directory)) {
            long deleted = zoo.animals().stream().filter(Animal::deleted).count();
            assertEquals(1, deleted);
            assertEquals(deleted, list().deleted() - before);
        }
    }

    @Test
    void socketsHaveTheInodesOfTheirLinks() throws Exception {
        try (FdZoo zoo = FdZoo.open(directory)) {
            FdListing listing = list();
            List<Executable> checks = new ArrayList<>();
            for (Animal animal : zoo.animals()) {
                long inode = listing.inode(indexOf(listing, animal.fd()));
                String expected = animal.kind() == FdKind.SOCKET
                        ? target(Path.of("/proc/self/fd/" + animal.fd())).toString()
                        : "socket:[0]";
                checks.add(() -> assertEquals(expected, "socket:[" + inode + "]", animal.what()));
            }
            assertAll(checks);
        }
    }

    @Test
    void theCountRisesWithWhatIsOpened() throws Exception {
        FdZoo first = FdZoo.open(Files.createDirectory(directory.resolve("first")));
        try (first) {
            int before = Seen.of(fds.count(SELF));
            try (FdZoo zoo = FdZoo.open(Files.createDirectory(directory.resolve("second")))) {
                assertEquals(before + zoo.animals().size(), Seen.of(fds.count(SELF)));
            }
        }
    }

    @Test
    void thousandsOfDescriptorsAreListedInTheirOrder() throws Exception {
        List<Integer> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 3000; i++) {
                opened.add(Libc.open("/dev/null"));
            }
            FdListing listing = list();
            Set<Integer> listed = new TreeSet<>();
            for (int i = 0; i < listing.size(); i++) {
                assertTrue(i == 0 || listing.fd(i) > listing.fd(i - 1));
                listed.add(listing.fd(i));
            }
            assertTrue(listed.containsAll(opened));
            assertTrue(listing.count(FdKind.DEVICE) >= 3000);
        } finally {
            opened.forEach(Libc::close);
        }
    }

    @Test
    void aSocketThatIsStillInTheTablesIsNotLookedAtAgain() throws Exception {
        int socket = socket();
        try {
            FdListing listing = list();
            long inode = listing.inode(indexOf(listing, socket));
            becomeDevice(socket);

            assertEquals(FdKind.SOCKET, kindOf(relist(listing, true), socket));
            assertEquals(inode, listing.inode(indexOf(listing, socket)));
            assertEquals(FdKind.DEVICE, kindOf(relist(listing, false), socket));
            assertEquals(0, listing.inode(indexOf(listing, socket)));
        } finally {
            Libc.close(socket);
        }
    }

    @Test
    void relistingFindsWhatCameAndWhatWent() throws Exception {
        int[] sockets = {socket(), socket(), socket(), socket()};
        int last = socket();
        FdListing listing = new FdListing();
        try {
            Libc.close(sockets[1]);
            Libc.close(sockets[3]);
            Seen.of(fds.list(SELF, listing));
            Libc.close(sockets[0]);
            sockets[1] = socket();
            Libc.close(sockets[2]);
            sockets[2] = Libc.open("/dev/null");

            FdListing fresh = list();
            Set<Long> alive = new TreeSet<>();
            IntStream.range(0, fresh.size()).forEach(i -> alive.add(fresh.inode(i)));
            assertEquals(
                    describe(fresh),
                    describe(Seen.of(fds.relist(
                            SELF, listing, (kind, inode) -> kind == FdKind.SOCKET && alive.contains(inode)))));
        } finally {
            Stream.of(sockets[1], sockets[2], last).forEach(Libc::close);
        }
    }

    @Test
    void aListingThatCannotBeSeenLeavesTheOldOne() {
        FdListing listing = list();
        int size = listing.size();
        assertInstanceOf(Outcome.Gone.class, fds.relist(Integer.MAX_VALUE, listing, (_, _) -> true));
        assertEquals(size, listing.size());
    }

    @Test
    void aProcessThatIsNotThereIsGone() {
        assertInstanceOf(Outcome.Gone.class, fds.count(Integer.MAX_VALUE));
        assertInstanceOf(Outcome.Gone.class, fds.list(Integer.MAX_VALUE, new FdListing()));
    }

    @Test
    void theDirectoryThatIsReadIsNoDescriptorOfTheProcess() throws Exception {
        try (FdZoo zoo = FdZoo.open(directory)) {
            long directories;
            try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
                directories = links.filter(Files::isDirectory)
                        .filter(link -> !target(link).endsWith("fd"))
                        .count();
            }
            assertEquals(directories, list().count(FdKind.DIRECTORY));
        }
    }

    private FdListing list() {
        return Seen.of(fds.list(SELF, new FdListing()));
    }

    private FdListing relist(FdListing known, boolean stillListed) {
        return Seen.of(fds.relist(SELF, known, (kind, _) -> kind == FdKind.SOCKET && stillListed));
    }

    private static FdKind kindOf(FdListing listing, int fd) {
        return listing.kind(indexOf(listing, fd));
    }

    private static int indexOf(FdListing listing, int fd) {
        int index = listing.indexFrom(0, fd);
        assertTrue(index < listing.size() && listing.fd(index) == fd, "descriptor " + fd + " is listed");
        return index;
    }

    private static List<String> describe(FdListing listing) {
        return IntStream.range(0, listing.size())
                .mapToObj(i -> listing.fd(i) + " " + listing.kind(i) + " " + listing.inode(i))
                .toList();
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int socket() throws ErrnoException {
        return Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
    }

    /// The same number, referring to another file.
    private static void becomeDevice(int fd) throws ErrnoException {
        int device = Libc.open("/dev/null");
        FdZoo.duplicate(device, fd);
        Libc.close(device);
    }
}
