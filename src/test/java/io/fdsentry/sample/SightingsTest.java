package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config.Aggregate;
import io.fdsentry.model.IpAddress;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import io.fdsentry.netlink.NetnsId;
import io.fdsentry.sample.Sighting.Part;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final long INODE = 4711;
    private static final int SERVER = 80;
    private static final long STEP = 15_000;

    private final SocketMemory memory = new SocketMemory();
    private final PeerTable peers = new PeerTable();
    private final Sightings sightings = new Sightings(memory, peers);
    private final Namespace namespace = new Namespace(3, new NetnsId(1, null));
    private final Sighting row = new Sighting();
    private Aggregate aggregate = Aggregate.ADDRESS_PORT;
    private int round;
    private long now = 1_000_000;

    @Test
    void atFirstSightTheKernelsTimesAreTheLeastAges() {
        begin();
        times(5000, 3000, 4000);
        list(TcpState.CLOSE_WAIT);
        assertEquals(now - 5000, memory.firstSeen(slot()));
        assertEquals(now - 4000, memory.stateSince(slot()), "since the last acknowledgement at least");
        assertEquals(now - 3000, memory.byteMoved(slot()), "the lesser of sent and received");
        assertTrue(memory.is(slot(), SocketMemory.WAS_LISTED | SocketMemory.BYTE_TIMES));
        assertEquals(Protocol.TCP, memory.protocol(slot()));
        assertEquals(3, memory.namespace(slot()));
    }

    @Test
    void anEstablishedSocketIsAtLeastAsOldAsTheOldestOfItsTimes() {
        begin();
        times(1000, 9000, 2000);
        list(TcpState.ESTABLISHED);
        assertEquals(now - 9000, memory.stateSince(slot()));
    }

    @Test
    void aStateThatChangedIsNoOlderThanTheDumpBefore() {
        begin();
        list(TcpState.ESTABLISHED);
        long first = now;
        next();
        times(20_000, 20_000, 4000);
        list(TcpState.CLOSE_WAIT);
        assertEquals(now - 4000, memory.stateSince(slot()));
        next();
        times(60_000, 60_000, 60_000);
        list(TcpState.FIN_WAIT2);
        assertEquals(now - STEP, memory.stateSince(slot()), "the kernel says longer, but then it was in CLOSE_WAIT");
        assertEquals(first, memory.firstSeen(slot()));
    }

    @Test
    void aStateThatStaysKeepsItsTime() {
        begin();
        list(TcpState.LISTEN);
        long first = now;
        next();
        list(TcpState.LISTEN);
        assertEquals(first, memory.stateSince(slot()));
    }

    @Test
    void timesThatMoveWithoutAByteAreARetransmissionOrHaveWrapped() {
        begin();
        times(30_000, 30_000, 30_000);
        bytes(500);
        list(TcpState.ESTABLISHED);
        long moved = memory.byteMoved(slot());
        next();
        times(10, 10, 10);
        list(TcpState.ESTABLISHED);
        assertEquals(moved, memory.byteMoved(slot()));
        bytes(501);
        list(TcpState.ESTABLISHED);
        assertEquals(now - 10, memory.byteMoved(slot()));
    }

    @Test
    void withoutTimesThereAreNone() {
        begin();
        times(1000, 1000, 1000);
        list(TcpState.ESTABLISHED);
        next();
        row.timed = false;
        list(TcpState.ESTABLISHED);
        assertFalse(memory.is(slot(), SocketMemory.BYTE_TIMES));
    }

    @Test
    void timersThatHideAKeepaliveDecideNothing() {
        begin();
        timer(TcpTimer.RETRANSMIT);
        assertFalse(Staleness.lacksKeepalive(memory, slot()));
        timer(TcpTimer.OFF);
        assertTrue(Staleness.lacksKeepalive(memory, slot()));
        assertTrue(memory.is(slot(), SocketMemory.TIMER_OFF));
        timer(TcpTimer.PROBE);
        assertTrue(Staleness.lacksKeepalive(memory, slot()));
        assertFalse(memory.is(slot(), SocketMemory.TIMER_OFF));
        timer(TcpTimer.KEEPALIVE);
        timer(TcpTimer.OFF);
        assertFalse(Staleness.lacksKeepalive(memory, slot()));
    }

    private void timer(TcpTimer timer) {
        next();
        row.timer = timer;
        list(TcpState.ESTABLISHED);
    }

    @Test
    void aPeerOfAPortThatIsListenedOnCameInAndIsItsAddressAlone() {
        begin();
        listen(SERVER);
        ends(SERVER, 50_000);
        list(TcpState.ESTABLISHED);
        assertTrue(memory.is(slot(), SocketMemory.INBOUND));
        assertEquals("10.0.0.9", peers.text(memory.peer(slot())));
        next();
        list(TcpState.CLOSE_WAIT);
        assertTrue(memory.is(slot(), SocketMemory.INBOUND), "though nobody listens any more");
    }

    @Test
    void aPeerThatWasConnectedToIsAddressAndPortOrAsConfigured() {
        begin();
        ends(50_000, SERVER);
        list(TcpState.ESTABLISHED);
        assertFalse(memory.is(slot(), SocketMemory.INBOUND));
        assertEquals("10.0.0.9:80", peers.text(memory.peer(slot())));
        aggregate = Aggregate.ADDRESS;
        next();
        list(TcpState.ESTABLISHED);
        assertEquals("10.0.0.9", peers.text(memory.peer(slot())));
    }

    @Test
    void aSocketThatConnectsAgainHasAnotherPeer() {
        begin();
        ends(50_000, SERVER);
        list(TcpState.SYN_SENT);
        int first = memory.peer(slot());
        memory.state(slot(), TcpState.CLOSED, now);
        next();
        ends(50_001, SERVER + 1);
        list(TcpState.SYN_SENT);
        assertNotEquals(first, memory.peer(slot()));
        assertEquals("10.0.0.9:81", peers.text(memory.peer(slot())));
    }

    @Test
    void anMptcpSocketTellsTheStateAndItsSubflowsTheRest() {
        begin();
        row.part = Part.SUBFLOW;
        row.timer = TcpTimer.KEEPALIVE;
        times(7000, 6000, 100);
        list(TcpState.ESTABLISHED);
        row.part = Part.MASTER;
        row.timer = TcpTimer.OFF;
        times(9000, 9000, 50);
        list(TcpState.CLOSE_WAIT);
        assertEquals(TcpState.CLOSE_WAIT, memory.state(slot()));
        long since = memory.stateSince(slot());
        for (int i = 0; i < 3; i++) {
            next();
            row.part = Part.SUBFLOW;
            row.timer = TcpTimer.KEEPALIVE;
            times(7000, 6000, 100);
            list(TcpState.ESTABLISHED);
            times(8000, 5000, 100);
            list(TcpState.ESTABLISHED);
            row.part = Part.MASTER;
            row.timer = TcpTimer.OFF;
            times(9000, 9000, 50);
            list(TcpState.CLOSE_WAIT);
            assertEquals(TcpState.CLOSE_WAIT, memory.state(slot()));
            assertEquals(since, memory.stateSince(slot()), "it does not start anew each round");
            assertEquals(now - 5000, memory.byteMoved(slot()), "the last byte over any of them");
            assertTrue(memory.is(slot(), SocketMemory.KEEPALIVE_SEEN));
            assertFalse(memory.is(slot(), SocketMemory.TIMER_OFF_SEEN));
        }
    }

    @Test
    void oneThatWasCreatedBeforeItWasConnectedIsAsOldAsItsConnection() {
        begin();
        int slot = memory.add(INODE);
        memory.protocol(slot, Protocol.TCP);
        memory.firstSeen(slot, now);
        memory.state(slot, TcpState.CLOSED, now);
        next();
        times(40_000, 40_000, 40_000);
        list(TcpState.ESTABLISHED);
        assertEquals(now - 40_000, memory.firstSeen(slot));
        assertEquals(now - STEP, memory.stateSince(slot));
    }

    @Test
    void whatHasNoDescriptorIsNotRemembered() {
        begin();
        row.inode = 0;
        sightings.add(row);
        assertEquals(0, memory.size());
    }

    private void begin() {
        row.inode = INODE;
        round++;
        sightings.begin(new RoundTime(round, Instant.EPOCH, now * 1_000_000), aggregate);
        sightings.enter(namespace);
        namespace.open();
    }

    /// The round ends, the next one begins.
    private void next() {
        RoundTime time = new RoundTime(round, Instant.EPOCH, now * 1_000_000);
        namespace.close(Outcome.seen(true), Outcome.seen(true), time);
        now += STEP;
        begin();
    }

    private void list(TcpState state) {
        row.state = state;
        sightings.add(row);
    }

    private void listen(int port) {
        Sighting listener = new Sighting();
        listener.inode = 1;
        listener.state = TcpState.LISTEN;
        listener.ends = new Ends(port, 0);
        sightings.add(listener);
    }

    private void times(long sent, long received, long acknowledged) {
        row.timed = true;
        row.sent = sent;
        row.received = received;
        row.acknowledged = acknowledged;
    }

    private void bytes(long bytes) {
        row.counted = true;
        row.bytes = bytes;
    }

    private void ends(int localPort, int peerPort) {
        row.ends = new Ends(localPort, peerPort);
    }

    private int slot() {
        return memory.find(INODE);
    }

    private record Ends(int localPort, int peerPort) implements Sighting.Ends {
        @Override
        public long peerHigh() {
            return 0;
        }

        @Override
        public long peerLow() {
            return IpAddress.v4Low(0x0a000009);
        }
    }
}
