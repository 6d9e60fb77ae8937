package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.IpAddress;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PeerTableTest {
    private static final long V4 = IpAddress.v4Low(0xc0000201);

    private final PeerTable peers = new PeerTable();

    @Test
    void aPeerKeepsItsNumberAndAnotherPortIsAnotherPeer() {
        int peer = peers.intern(0, V4, 80);
        assertNotEquals(SocketMemory.NO_PEER, peer);
        assertEquals(peer, peers.intern(0, V4, 80));
        assertNotEquals(peer, peers.intern(0, V4, 81));
        assertNotEquals(peer, peers.intern(1, V4, 80));
        assertEquals("192.0.2.1:80", peers.text(peer));
        assertEquals("192.0.2.1", peers.text(peers.intern(0, V4, 0)));
        assertEquals("[1::1]:443", peers.text(peers.intern(1L << 48, 1, 443)));
    }

    @Test
    void forgottenPeersMakeRoomAndTheOthersStayWhoTheyAre() {
        int kept = peers.intern(0, V4, 1);
        for (int port = 2; port <= 60_000; port++) {
            peers.intern(0, V4, port);
        }
        assertEquals(60_000, peers.size());
        assertTrue(peers.hasGrown());
        BitSet needed = new BitSet();
        needed.set(kept);
        needed.set(peers.intern(0, V4, 100));
        peers.retain(needed);
        assertEquals(2, peers.size());
        assertFalse(peers.hasGrown());
        assertEquals(kept, peers.intern(0, V4, 1));
        assertTrue(peers.end() < 200, () -> "still up to " + peers.end());
        for (int port = 1; port <= 1000; port++) {
            assertEquals("192.0.2.1:" + port, peers.text(peers.intern(0, V4, port)));
        }
        assertEquals(1000, peers.size());
        assertEquals(1001, peers.end());
    }
}
