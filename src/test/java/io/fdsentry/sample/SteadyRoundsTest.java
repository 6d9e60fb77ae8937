package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not read in every round must be right in every round all the same: descriptors that change while their
/// number does not, and sockets that are held by more than one.
@Tag("real")
class SteadyRoundsTest {
    private static final int SETTLING = 3;

    private final Python python = Python.start();
    /// Asked once: it would run to answer.
    private final int pid = python.pid();
    private final Watching watching = Watching.pids(pid);
    private final int standardPipes = kinds().kinds().get(FdKind.PIPE);

    SteadyRoundsTest() {
        python.run("import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)");
        python.run("def pair():\n"
                + " s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()\n"
                + " c = socket.create_connection(s.getsockname()); a = s.accept()[0]\n"
                + " return [s, c, a]");
        python.run("def become(what, number):\n" + " os.dup2(what, number)\n" + " os.close(what)");
    }

    @AfterEach
    void end() {
        watching.close();
        python.close();
    }

    @Test
    void aDescriptorThatBecomesAnotherKindIsSeen() {
        int number = python.number("os.open('/dev/null', 0)");
        settle();
        int total = kinds().kinds().total();
        python.run("become(os.open('/', 0), " + number + ")");
        assertEquals("1 0 0", directoriesRegularFilesAndPipes());
        python.run("r, w = os.pipe(); become(r, " + number + "); os.close(w)");
        assertEquals("0 0 1", directoriesRegularFilesAndPipes());
        python.run("become(os.open('/etc/passwd', 0), " + number + ")");
        assertEquals("0 1 0", directoriesRegularFilesAndPipes());
        python.run("os.close(" + number + "); hold.append(os.dup2(0, 500))");
        assertEquals("0 0 1", directoriesRegularFilesAndPipes());
        assertEquals(total, kinds().kinds().total());
    }

    /// Besides those that Python has for its standard streams.
    private String directoriesRegularFilesAndPipes() {
        var kinds = kinds().kinds();
        int pipes = kinds.get(FdKind.PIPE) - standardPipes;
        return kinds.get(FdKind.DIRECTORY) + " " + kinds.get(FdKind.REGULAR) + " " + pipes;
    }

    @Test
    void aSettledSocketWhoseNumberBecomesAnotherSocketIsSeen() {
        python.run("hold += pair()");
        settle();
        assertEquals(2, tcp(TcpState.ESTABLISHED));
        int number = python.number("hold[1].fileno()");
        python.run("become(socket.socket().detach(), " + number + ")");
        sockets();
        assertEquals(1, tcp(TcpState.ESTABLISHED) + tcp(TcpState.CLOSE_WAIT), "the other end");
        assertEquals(1, tcp(TcpState.CLOSED));
        python.run("become(socket.socket(socket.AF_UNIX).detach(), " + number + ")");
        assertEquals(0, tcp(TcpState.CLOSED));
        assertEquals(1, sockets().protocols().get(Protocol.UNIX));
    }

    @Test
    void aSettledSocketWhoseNumberBecomesAFileWhileAChildHoldsItOnIsSeen() {
        python.run("hold += pair()");
        settle();
        int number = python.number("hold[1].fileno()");
        int child = python.number("os.fork() or (time.sleep(1000), os._exit(0))");
        try (Watching both = Watching.pids(pid, child)) {
            both.settled();
            python.run("become(os.open('/etc/passwd', 0), " + number + ")");
            for (int i = 0; i < SETTLING; i++) {
                ProcessSample parent = Watching.of(both.round(), pid);
                assertEquals(1, Seen.of(parent.sockets()).tcp().get(TcpState.ESTABLISHED), parent::toString);
            }
        } finally {
            python.run("os.kill(" + child + ", 9)");
        }
    }

    @Test
    void aSocketHandedOnIsCountedByEachHolderAndADupTwice() {
        python.run("hold += pair()");
        settle();
        python.run("hold.append(os.dup(hold[1].fileno()))");
        assertEquals(3, tcp(TcpState.ESTABLISHED));
        int child = python.number("os.fork() or (time.sleep(1000), os._exit(0))");
        try (Watching both = Watching.pids(pid, child)) {
            for (int i = 0; i < SETTLING; i++) {
                var round = both.round();
                for (int pid : new int[] {pid, child}) {
                    Sockets sockets = Seen.of(Watching.of(round, pid).sockets());
                    assertEquals(3, sockets.tcp().get(TcpState.ESTABLISHED));
                    assertEquals(1, sockets.tcp().get(TcpState.LISTEN));
                }
            }
            python.run("os.close(hold.pop())");
            assertEquals(
                    2, Seen.of(Watching.of(both.round(), pid).sockets()).tcp().get(TcpState.ESTABLISHED));
            assertEquals(
                    3, Seen.of(Watching.of(both.round(), child).sockets()).tcp().get(TcpState.ESTABLISHED));
        } finally {
            python.run("os.kill(" + child + ", 9)");
        }
    }

    @Test
    void aFileThatIsDeletedUnderASleepingProcessIsSeen(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        python.run("hold.append(os.open('" + file + "', 0))");
        settle();
        assertEquals(0, kinds().deleted());
        Files.delete(file);
        assertEquals(1, kinds().deleted());
        assertEquals(1, kinds().deleted());
    }

    @Test
    void manyThatComeAndGoBetweenRoundsLeaveNothingBehind() {
        settle();
        int before = kinds().kinds().total();
        for (int i = 0; i < 5; i++) {
            python.run("hold += [s for _ in range(50) for s in pair()]");
            assertEquals(before + 150, kinds().kinds().total());
            assertEquals(100, tcp(TcpState.ESTABLISHED));
            assertEquals(50, tcp(TcpState.LISTEN));
            python.run("[s.close() for s in hold]; hold.clear()");
            assertEquals(before, kinds().kinds().total());
            assertEquals(0, sockets().protocols().total());
        }
    }

    @Test
    void aSocketThatComesIntoUseLateIsFollowed() {
        python.run("hold.append(socket.socket()); s = hold[0]");
        assertEquals(1, tcp(TcpState.CLOSED), "in no table yet");
        assertEquals(1, tcp(TcpState.CLOSED));
        python.run("s.bind(('127.0.0.1', 0))");
        assertEquals(1, tcp(TcpState.CLOSED), "bound only");
        python.run("s.listen()");
        assertEquals(1, tcp(TcpState.LISTEN));
        assertEquals(0, tcp(TcpState.CLOSED));
    }

    private void settle() {
        for (int i = 0; i < SETTLING; i++) {
            watching.round();
        }
    }

    private FdKinds kinds() {
        return Seen.of(process().fdKinds());
    }

    private Sockets sockets() {
        return Seen.of(process().sockets());
    }

    private int tcp(TcpState state) {
        return sockets().tcp().get(state);
    }

    private ProcessSample process() {
        return Watching.of(watching.round(), pid);
    }
}
