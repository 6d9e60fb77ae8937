package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.DetectionConfig;
import io.fdsentry.model.Age;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long NOW = Duration.ofDays(3).toMillis();
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long OFF = SocketMemory.TIMER_OFF | SocketMemory.TIMER_OFF_SEEN;

    private final SocketMemory memory = new SocketMemory();
    private final Tally tally = new Tally(memory);
    private Thresholds thresholds = Thresholds.of(DetectionConfig.DEFAULTS);
    private long inode;

    @Test
    void sumsHoldWhateverThereIs() {
        begin();
        add(Protocol.UDP, TcpState.ESTABLISHED, 0);
        add(Protocol.UNIX, TcpState.ESTABLISHED, 0);
        for (TcpState state : TcpState.values()) {
            add(Protocol.TCP, state, 0);
        }
        Sockets sockets = tally.sockets(List.of());
        assertEquals(TcpState.values().length + 2, sockets.protocols().total());
        assertEquals(sockets.protocols().get(Protocol.TCP), sockets.tcp().total());
        assertEquals(1, sockets.protocols().get(Protocol.UDP));
        assertEquals(1, sockets.tcp().get(TcpState.CLOSED));
    }

    @Test
    void closeWaitIsStaleFromTheStuckTimeOn() {
        begin();
        add(Protocol.TCP, TcpState.CLOSE_WAIT, 5 * MINUTE);
        add(Protocol.TCP, TcpState.CLOSE_WAIT, 5 * MINUTE - 1);
        assertEquals(1, stale(StaleReason.CLOSE_WAIT));
    }

    @Test
    void aDeadSocketIsStaleFromTheStuckTimeOnAndOneNeverListedFromTheIdleTimeOn() {
        begin();
        memory.set(add(Protocol.TCP, TcpState.CLOSED, 5 * MINUTE), SocketMemory.WAS_LISTED);
        tally.add(memory.find(inode));
        add(Protocol.TCP, TcpState.CLOSED, 29 * MINUTE);
        add(Protocol.TCP, TcpState.CLOSED, 30 * MINUTE);
        assertEquals(3, tally.sockets(List.of()).tcp().get(TcpState.CLOSED) - 1, "the first was added twice");
        assertEquals(2, stale(StaleReason.CLOSED), "the first once it was known as listed, and the last");
    }

    @Test
    void anIdleSocketWithoutAnEndIsHalfOpenAndWithOneIdle() {
        begin();
        established(30 * MINUTE, OFF);
        established(30 * MINUTE, OFF | SocketMemory.KEEPALIVE_SEEN);
        established(30 * MINUTE, SocketMemory.TIMER_OFF_SEEN);
        established(30 * MINUTE - 1, OFF);
        assertEquals(1, tally.idle().halfOpen());
        assertEquals(2, tally.idle().idle());
        assertEquals(3, tally.sockets(List.of()).withoutKeepalive());
        assertEquals(0, stale(StaleReason.HALF_OPEN));
        assertEquals(0, stale(StaleReason.IDLE));
        assertEquals(4, tally.idle().atLeast().get(Age.M10));
        assertEquals(0, tally.idle().atLeast().get(Age.H1));
        assertTrue(tally.knowsAllTimes());
    }

    @Test
    void withoutByteTimesNothingIsIdle() {
        begin();
        add(Protocol.TCP, TcpState.LISTEN, 0);
        assertTrue(tally.knowsAllTimes());
        int slot = add(Protocol.TCP, TcpState.ESTABLISHED, 90 * MINUTE);
        memory.set(slot, OFF);
        tally.add(slot);
        assertFalse(tally.knowsAllTimes());
        assertEquals(0, tally.idle().halfOpen() + tally.idle().idle());
        assertEquals(0, tally.idle().atLeast().total());
    }

    @Test
    void olderCountsEverySocketThatHasReachedTheAge() {
        begin();
        add(Protocol.TCP, TcpState.CLOSE_WAIT, 9999);
        add(Protocol.TCP, TcpState.CLOSE_WAIT, 10 * SECOND);
        add(Protocol.TCP, TcpState.CLOSE_WAIT, 2 * 24 * 60 * MINUTE);
        add(Protocol.TCP, TcpState.SYN_SENT, 60 * MINUTE);
        Sockets sockets = tally.sockets(List.of());
        assertEquals("{S10=2, M1=1, M10=1, H1=1, D1=1}", older(sockets, TcpState.CLOSE_WAIT));
        assertFalse(sockets.older().containsKey(TcpState.SYN_SENT));
        assertEquals("{}", older(sockets, TcpState.FIN_WAIT2));
        assertEquals(3, sockets.firstSeen().get(Age.S10));
    }

    @Test
    void theTimeScaleDividesEveryAge() {
        DetectionConfig normal = DetectionConfig.DEFAULTS;
        thresholds = Thresholds.of(new DetectionConfig(
                normal.stuckAfter(), normal.idleAfter(), normal.blockedAfter(), normal.pageBefore(), 300));
        begin();
        add(Protocol.TCP, TcpState.CLOSE_WAIT, SECOND);
        established(6 * SECOND, OFF);
        Sockets sockets = tally.sockets(List.of());
        assertEquals(1, sockets.stale().get(StaleReason.CLOSE_WAIT));
        assertEquals(1, tally.idle().halfOpen());
        assertEquals("{S10=1, M1=1}", older(sockets, TcpState.CLOSE_WAIT));
        assertEquals(1, tally.idle().atLeast().get(Age.M10));
    }

    @Test
    void theQueueOfAListenerIsNotOneOfBytes() {
        begin();
        int listener = add(Protocol.TCP, TcpState.LISTEN, 0);
        memory.queues(listener, 128, 128);
        tally.add(listener);
        int connection = add(Protocol.TCP, TcpState.ESTABLISHED, 0);
        memory.queues(connection, 3_000_000_000L, 2);
        tally.add(connection);
        assertEquals(3_000_000_000L, tally.sockets(List.of()).receiveQueueBytes());
        assertEquals(2, tally.sockets(List.of()).sendQueueBytes());
    }

    @Test
    void nothingIsLeftOfTheProcessBefore() {
        begin();
        established(31 * MINUTE, OFF);
        add(Protocol.TCP, TcpState.CLOSE_WAIT, 10 * MINUTE);
        begin();
        Sockets sockets = tally.sockets(List.of());
        assertEquals(
                0,
                sockets.protocols().total()
                        + sockets.tcp().total()
                        + sockets.stale().total());
        assertEquals(
                0,
                sockets.withoutKeepalive()
                        + tally.idle().halfOpen()
                        + tally.idle().atLeast().total());
        assertEquals(0, sockets.firstSeen().total());
        assertEquals("{}", older(sockets, TcpState.CLOSE_WAIT));
        assertEquals(0, tally.peers().rows());
    }

    private void begin() {
        tally.begin(thresholds, NOW, 1);
    }

    private void established(long idle, long facts) {
        int slot = memory.add(++inode);
        memory.protocol(slot, Protocol.TCP);
        memory.state(slot, TcpState.ESTABLISHED, NOW);
        memory.firstSeen(slot, NOW);
        memory.byteMoved(slot, NOW - idle);
        memory.set(slot, facts | SocketMemory.BYTE_TIMES);
        tally.add(slot);
    }

    private int add(Protocol protocol, TcpState state, long age) {
        int slot = memory.add(++inode);
        memory.protocol(slot, protocol);
        memory.state(slot, state, NOW - age);
        memory.firstSeen(slot, NOW - age);
        tally.add(slot);
        return slot;
    }

    private static String older(Sockets sockets, TcpState state) {
        return String.valueOf(sockets.older().get(state));
    }

    private int stale(StaleReason reason) {
        return tally.sockets(List.of()).stale().get(reason);
    }
}
