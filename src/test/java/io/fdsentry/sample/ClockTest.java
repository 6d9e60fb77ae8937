package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Direction;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Ages by clocks that the test sets, on real sockets; and what is told of single sockets.
@Tag("real")
class ClockTest {
    private final Python python = Python.start();
    private final TestClocks clocks = new TestClocks();
    private final Watching watching = Watching.by(clocks, python.pid());

    @AfterEach
    void end() {
        watching.close();
        python.close();
    }

    @Test
    void aClockThatIsSetAndAMachineThatSleptMakeNoSocketOlder() {
        python.run("s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()");
        python.run("c = socket.create_connection(s.getsockname()); a = s.accept()[0]; a.close()");
        assertEquals(TcpState.CLOSE_WAIT, closeWait(round()).state());
        clocks.set(Duration.ofDays(3));
        assertEquals(0, sockets(round()).stale().total());
        clocks.set(Duration.ofDays(-6));
        Snapshot back = round();
        assertEquals(0, sockets(back).stale().total());
        assertTrue(closeWait(back).firstSeen().isBefore(back.at().plusSeconds(1)));
        clocks.pass(Duration.ofMinutes(6));
        Snapshot later = round();
        assertEquals(1, sockets(later).stale().get(StaleReason.CLOSE_WAIT));
        Duration age = Duration.between(closeWait(later).stateSince(), later.at());
        assertTrue(
                age.compareTo(Duration.ofMinutes(6)) >= 0 && age.compareTo(Duration.ofMinutes(8)) < 0, age::toString);
    }

    @Test
    void everySocketIsToldOnceWithItsEndsAndTimes() {
        python.run("s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()");
        python.run("c = socket.create_connection(s.getsockname()); c.setsockopt(1, 9, 1); a = s.accept()[0]");
        python.run("a.send(b'abc'); hold.append(c.dup()); u = socket.socket(socket.AF_UNIX)");
        int port = python.number("s.getsockname()[1]");
        int ephemeral = python.number("c.getsockname()[1]");
        round();
        List<SocketDetail> sockets = details(round());
        assertEquals(4, sockets.size(), "a dup is no other socket");
        SocketDetail client = only(sockets, "127.0.0.1:" + port, Direction.OUT);
        assertEquals("127.0.0.1:" + ephemeral, client.local());
        assertEquals(3, client.receiveQueueBytes());
        assertEquals("keepalive", client.timer());
        assertEquals(python.number("os.fstat(c.fileno()).st_ino"), client.inode());
        SocketDetail server = only(sockets, "127.0.0.1:" + ephemeral, Direction.IN);
        assertEquals(TcpState.ESTABLISHED, server.state());
        assertEquals("off", server.timer());
        assertTrue(Objects.requireNonNull(server.idle()).compareTo(Duration.ofMinutes(1)) < 0);
        SocketDetail unix = sockets.stream()
                .filter(one -> one.protocol() == Protocol.UNIX)
                .findFirst()
                .orElseThrow();
        assertNull(unix.state());
        assertNull(unix.stale());
        assertEquals("", unix.peer());
    }

    private static SocketDetail only(List<SocketDetail> sockets, String peer, Direction direction) {
        List<SocketDetail> found = sockets.stream()
                .filter(one -> one.peer().equals(peer) && one.direction() == direction)
                .toList();
        assertEquals(1, found.size(), sockets::toString);
        return found.getFirst();
    }

    private Snapshot round() {
        ProcessId id = Watching.of(watching.round(), python.pid()).id();
        return watching.round(new Requests(Set.of(id)));
    }

    private SocketDetail closeWait(Snapshot snapshot) {
        return details(snapshot).stream()
                .filter(one -> one.state() == TcpState.CLOSE_WAIT)
                .findFirst()
                .orElseThrow();
    }

    private List<SocketDetail> details(Snapshot snapshot) {
        return Objects.requireNonNull(
                snapshot.details().get(Watching.of(snapshot, python.pid()).id()));
    }

    private Sockets sockets(Snapshot snapshot) {
        ProcessSample process = Watching.of(snapshot, python.pid());
        assertTrue(snapshot.at().isAfter(Instant.EPOCH));
        return Seen.of(process.sockets());
    }
}
