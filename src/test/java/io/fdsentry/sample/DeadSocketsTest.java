package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.DetectionConfig;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sockets that are held and that no protocol table lists.
@Tag("real")
class DeadSocketsTest {
    private final Python python = Python.start();
    /// Five minutes are half a second.
    private final Watching watching = Watching.with("detection: {time_scale: 600}", python.pid());

    @AfterEach
    void end() {
        watching.close();
        python.close();
    }

    @Test
    void oneThatWasConnectedAndIsResetIsDeadAfterTwoDumpsAndStaleAfterTheStuckTime() {
        python.run("s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()");
        python.run("hold.append(socket.create_connection(s.getsockname())); a = s.accept()[0]");
        watching.round();
        python.run("a.setsockopt(1, 13, struct.pack('ii', 1, 0)); a.close()");
        Sockets missed = await("it is missed", sockets -> sockets.tcp().get(TcpState.ESTABLISHED) == 1);
        assertEquals(0, missed.tcp().get(TcpState.CLOSED), "one dump may have missed it");
        Sockets dead = sockets();
        assertEquals(1, dead.tcp().get(TcpState.CLOSED));
        PeerSockets peer = dead.peers().getFirst();
        assertEquals(1, peer.states().get(TcpState.CLOSED), "its peer is remembered");
        assertNotNull(peer.oldest().get(TcpState.CLOSED));
        Sockets stale = await("stale", sockets -> sockets.stale().get(StaleReason.CLOSED) == 1);
        assertTrue(String.valueOf(stale.older().get(TcpState.CLOSED)).startsWith("{S10=1"));
        python.run("hold.pop().close()");
        assertEquals(0, sockets().tcp().get(TcpState.CLOSED));
    }

    @Test
    void oneThatWasNeverInATableIsStaleAfterTheIdleTimeOnly() {
        python.run("hold.append(socket.socket()); hold.append(socket.socket()); hold[1].bind(('127.0.0.1', 0))");
        TestClocks clocks = new TestClocks();
        try (Watching watched = Watching.by(clocks, python.pid())) {
            assertEquals(2, sockets(watched).tcp().get(TcpState.CLOSED));
            clocks.pass(DetectionConfig.DEFAULTS.idleAfter().minusMillis(1));
            Sockets old = sockets(watched);
            assertEquals(0, old.stale().get(StaleReason.CLOSED));
            assertEquals("{S10=2, M1=2, M10=2}", String.valueOf(old.older().get(TcpState.CLOSED)));
            clocks.pass(Duration.ofMillis(1));
            assertEquals(2, sockets(watched).stale().get(StaleReason.CLOSED));
        }
    }

    private Sockets await(String what, Predicate<Sockets> suits) {
        return Await.value(what, this::sockets, suits);
    }

    private Sockets sockets() {
        return sockets(watching);
    }

    private Sockets sockets(Watching by) {
        ProcessSample process = Watching.of(by.round(), python.pid());
        assertTrue(process.idle().isSeen(), "of the others, byte times are known");
        return Seen.of(process.sockets());
    }
}
