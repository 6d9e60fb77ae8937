package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Direction;
import io.fdsentry.model.IpAddress;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.TcpState;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRanksTest {
    private final PeerTable peers = new PeerTable();
    private final PeerTally tally = new PeerTally();
    private final PeerRanks ranks = new PeerRanks();
    private int round;

    @Test
    void theTopHavePlacesAndTheRestIsOther() {
        assertEquals(
                List.of("10.0.0.3 out 5", "10.0.0.1 out 3", "other out 2", "other in 1"),
                round(2, "out 1 3, out 2 2, out 3 5, in 4 1"));
    }

    @Test
    void oneAddressIsTwoPeersInTwoDirections() {
        assertEquals(List.of("10.0.0.1 in 2", "10.0.0.1 out 1"), round(5, "out 1 1, in 1 2"));
    }

    @Test
    void aPeerKeepsItsPlaceForTenRoundsAfterItWasLastAmongTheTop() {
        assertEquals(List.of("10.0.0.1 out 3", "other out 2"), round(1, "out 1 3, out 2 2"));
        for (int i = 0; i < PeerRanks.KEPT; i++) {
            assertEquals(List.of("10.0.0.1 out 1", "other out 9"), round(1, "out 1 1, out 2 9"), "round " + i);
        }
        assertEquals(List.of("10.0.0.2 out 9", "other out 1"), round(1, "out 1 1, out 2 9"));
    }

    @Test
    void aPeerWithoutSocketsShowsZeroUntilItsPlaceIsGone() {
        round(2, "out 1 3");
        for (int i = 0; i < PeerRanks.KEPT; i++) {
            assertEquals(List.of("10.0.0.1 out 0"), round(2, ""), "round " + i);
        }
        assertEquals(List.of(), round(2, ""));
    }

    @Test
    void whoComesBackWithinTheTimeIsAsBefore() {
        round(1, "out 1 3, out 2 1");
        for (int i = 0; i < 3 * PeerRanks.KEPT; i++) {
            String sockets = i % PeerRanks.KEPT == 0 ? "out 1 4, out 2 3" : "out 1 2, out 2 3";
            assertEquals("10.0.0.1", round(1, sockets).getFirst().split(" ")[0], "round " + i);
        }
    }

    @Test
    void equalPeersDoNotTakeTurns() {
        assertEquals("10.0.0.2 out 2", round(1, "out 1 1, out 2 2").getFirst());
        for (int i = 0; i < 2 * PeerRanks.KEPT; i++) {
            assertEquals("10.0.0.2 out 2", round(1, "out 1 2, out 2 2").getFirst(), "round " + i);
        }
    }

    @Test
    void noPlacesLeaveOnlyTheRest() {
        round(3, "out 1 1, out 2 2");
        assertEquals(List.of("other out 3"), round(0, "out 1 1, out 2 2"));
        assertEquals(List.of("10.0.0.2 out 2", "other out 1"), round(1, "out 1 1, out 2 2"));
    }

    @Test
    void holdersOfPlacesNeedTheirPeersAndNobodyElse() {
        round(2, "out 1 3, out 2 2, in 3 1");
        BitSet needed = new BitSet();
        ranks.mark(needed);
        assertEquals(2, needed.cardinality());
        assertTrue(needed.get(peer(1)) && needed.get(peer(2)));
    }

    @Test
    void statesAndTheOldestOfEachAreKeptApart() {
        tally.begin(100);
        tally.count(PeerTally.key(peer(1), Direction.OUT), TcpState.CLOSE_WAIT, 500);
        tally.count(PeerTally.key(peer(1), Direction.OUT), TcpState.CLOSE_WAIT, 300);
        tally.count(PeerTally.key(peer(1), Direction.OUT), TcpState.CLOSE_WAIT, 400);
        tally.count(PeerTally.key(peer(1), Direction.OUT), TcpState.ESTABLISHED, 100);
        PeerSockets peer = ranks.rank(tally, 1, time(1), peers).getFirst();
        assertEquals(3, peer.states().get(TcpState.CLOSE_WAIT));
        assertEquals(1, peer.states().get(TcpState.ESTABLISHED));
        assertEquals(Instant.ofEpochMilli(300), peer.oldest().get(TcpState.CLOSE_WAIT));
        assertEquals(Instant.ofEpochMilli(100), peer.oldest().get(TcpState.ESTABLISHED));
        assertEquals(2, peer.oldest().size());
    }

    /// @param sockets such as `out 1 3`: three to peer 1; known in the order of their first naming
    private List<String> round(int top, String sockets) {
        round++;
        tally.begin(100);
        for (String entry : sockets.isEmpty() ? new String[0] : sockets.split(", ")) {
            String[] words = entry.split(" ");
            Direction direction = words[0].equals("out") ? Direction.OUT : Direction.IN;
            for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                int key = PeerTally.key(peer(Integer.parseInt(words[1])), direction);
                tally.count(key, TcpState.ESTABLISHED, round);
            }
        }
        return ranks.rank(tally, top, time(round), peers).stream()
                .map(peer -> peer.peer() + " " + peer.direction().label() + " "
                        + peer.states().total())
                .toList();
    }

    private static RoundTime time(int round) {
        return new RoundTime(round, Instant.EPOCH, 0);
    }

    private int peer(int number) {
        return peers.intern(0, IpAddress.v4Low(0x0a000000 | number), 0);
    }
}
