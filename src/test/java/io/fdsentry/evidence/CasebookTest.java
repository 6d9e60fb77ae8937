package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Board;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.SocketDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CasebookTest {
    private final List<EvidenceRecord> announced = new ArrayList<>();
    private final List<EvidenceRecord> kept = new ArrayList<>();
    private final Casebook casebook = new Casebook(new Casebook.Out() {
        @Override
        public void announce(EvidenceRecord evidence) {
            announced.add(evidence);
        }

        @Override
        public void keep(EvidenceRecord evidence) {
            kept.add(evidence);
        }
    });

    private void take(Board board) {
        casebook.take(board, _ -> true);
    }

    private List<Occasion> occasions() {
        return kept.stream().map(EvidenceRecord::occasion).toList();
    }

    @Test
    void healthyProcessesLeaveNothing() {
        for (int round = 0; round < 10; round++) {
            take(Story.round(round, LeakState.NONE));
        }
        take(Story.without(10));
        assertEquals(List.of(), kept);
        assertEquals(List.of(), announced);
        assertEquals(Set.of(), casebook.requests().details());
    }

    @Test
    void eachStepUpIsRecordedOnce() {
        LeakState[] states = {
            LeakState.NONE,
            LeakState.SUSPECTED,
            LeakState.SUSPECTED,
            LeakState.CONFIRMED,
            LeakState.CONFIRMED,
            LeakState.URGENT,
            LeakState.URGENT
        };
        for (int round = 0; round < states.length; round++) {
            take(Story.withSockets(round, states[round]));
        }
        assertEquals(List.of(Occasion.SUSPECTED, Occasion.CONFIRMED, Occasion.URGENT), occasions());
        assertEquals(kept.size(), announced.size());
        assertEquals("20261121t120015z-ruler-4242-suspected", kept.getFirst().id());
        assertEquals(LeakState.URGENT, kept.getLast().state());
    }

    @Test
    void theLogHearsOfItAtOnceAndTheRecordWaitsForTheSockets() {
        take(Story.round(0, LeakState.SUSPECTED));
        assertEquals(1, announced.size());
        assertEquals(List.of(), kept);
        assertEquals(Set.of(Story.RULER.id()), casebook.requests().details());
        take(Story.withSockets(1, LeakState.SUSPECTED));
        assertEquals(announced.getFirst().id(), kept.getFirst().id());
        assertEquals(Story.SOCKETS.size(), kept.getFirst().sockets().of());
    }

    @Test
    void socketsThatNeverComeAreNotWaitedForLong() {
        take(Story.round(0, LeakState.SUSPECTED));
        take(Story.round(1, LeakState.SUSPECTED));
        take(Story.round(2, LeakState.SUSPECTED));
        assertEquals(List.of(Occasion.SUSPECTED), occasions());
    }

    @Test
    void aSuspectThatEndsIsRecordedFromItsLastRounds() {
        take(Story.withSockets(0, LeakState.CONFIRMED));
        take(Story.round(1, LeakState.CONFIRMED));
        take(Story.board(2, List.of(Story.dying()), LeakState.NONE, Map.of()));
        take(Story.without(3));
        assertEquals(List.of(Occasion.CONFIRMED, Occasion.ENDED), occasions());
        EvidenceRecord last = kept.getLast();
        assertEquals(Story.at(3), last.recordedAt());
        assertEquals(Story.at(1), last.sampledAt());
        assertEquals(LeakState.CONFIRMED, last.state());
        assertEquals(Story.RULER, last.process());
        assertEquals(2, last.history().size());
        assertEquals(List.of("leak"), last.findings().stream().map(f -> f.id()).toList());
        assertEquals(Set.copyOf(Story.SOCKETS), Set.copyOf(last.sockets().kept()));
        take(Story.without(4));
        assertEquals(2, kept.size());
    }

    @Test
    void aRecordThatStillWaitsWhenTheProcessEndsIsMade() {
        take(Story.round(0, LeakState.SUSPECTED));
        take(Story.without(1));
        assertEquals(List.of(Occasion.SUSPECTED, Occasion.ENDED), occasions());
    }

    @Test
    void aRecordThatStillWaitsAtTheEndIsMade() {
        take(Story.round(0, LeakState.SUSPECTED));
        casebook.flush(Story.at(0));
        casebook.flush(Story.at(0));
        assertEquals(List.of(Occasion.SUSPECTED), occasions());
    }

    @Test
    void oneThatWasClearedMayEndUnrecorded() {
        take(Story.withSockets(0, LeakState.SUSPECTED));
        take(Story.round(1, LeakState.NONE));
        take(Story.without(2));
        assertEquals(List.of(Occasion.SUSPECTED), occasions());
        assertEquals(Set.of(), casebook.standing());
    }

    @Test
    void aTargetThatIsNoLongerWatchedHasNotEnded() {
        take(Story.withSockets(0, LeakState.CONFIRMED));
        casebook.take(Story.without(1), _ -> false);
        assertEquals(List.of(Occasion.CONFIRMED), occasions());
    }

    @Test
    void aRoundThatSawNothingAtAllEndsNobody() {
        take(Story.withSockets(0, LeakState.CONFIRMED));
        take(Story.blind(1));
        take(Story.withSockets(2, LeakState.CONFIRMED));
        assertEquals(List.of(Occasion.CONFIRMED), occasions());
    }

    @Test
    void suspicionThatComesAndGoesIsNotRecordedEachTime() {
        for (int round = 0; round < 40; round++) {
            take(Story.withSockets(round, round % 2 == 0 ? LeakState.SUSPECTED : LeakState.NONE));
        }
        assertEquals(1, kept.size());
        take(Story.withSockets(40, LeakState.SUSPECTED));
        assertEquals(2, kept.size(), "ten minutes later it is worth another");
    }

    @Test
    void anotherLeakConfirmedInTheSameProcessIsRecordedToo() {
        take(Story.withSockets(0, LeakState.CONFIRMED));
        for (int round = 1; round <= 41; round++) {
            take(Story.board(
                    round,
                    List.of(Story.RULER),
                    Map.of(),
                    List.of(
                            Story.finding(Story.RULER.id(), "leak", LeakState.CONFIRMED),
                            Story.finding(Story.RULER.id(), "other", LeakState.CONFIRMED)),
                    Map.of(Story.RULER.id(), Story.SOCKETS)));
        }
        assertEquals(List.of(Occasion.CONFIRMED, Occasion.CONFIRMED), occasions());
    }

    @Test
    void theNewestRecordOfASuspectStands() {
        take(Story.withSockets(0, LeakState.SUSPECTED));
        take(Story.withSockets(1, LeakState.CONFIRMED));
        assertEquals(Set.of(kept.getLast().id()), casebook.standing());
        take(Story.without(2));
        assertEquals(Set.of(), casebook.standing());
        assertEquals(Set.of(), casebook.suspects());
    }

    @Test
    void onlyTheWorstAreAskedForTheirSockets() {
        List<ProcessSample> many =
                IntStream.range(1000, 1100).mapToObj(Story::ruler).toList();
        take(Story.board(0, many, LeakState.SUSPECTED, Map.of()));
        assertEquals(32, casebook.requests().details().size());
    }

    @Test
    void manySocketsAreSampledOldestStaleFirst() {
        List<SocketDetail> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            SocketDetail like = Story.SOCKETS.getFirst();
            many.add(new SocketDetail(
                    i,
                    like.protocol(),
                    like.state(),
                    like.local(),
                    like.peer(),
                    like.direction(),
                    like.firstSeen().minusSeconds(i),
                    like.stateSince().minusSeconds(i),
                    null,
                    "off",
                    0,
                    0,
                    i % 4 == 0 ? null : like.stale()));
        }
        take(Story.board(0, List.of(Story.RULER), LeakState.URGENT, Map.of(Story.RULER.id(), many)));
        EvidenceRecord.Sampled<SocketDetail> sockets = kept.getFirst().sockets();
        assertTrue(sockets.isPart());
        assertEquals(20_000, sockets.of());
        assertEquals(SocketSample.MOST, sockets.kept().size());
        assertEquals(19_999, sockets.kept().getFirst().inode());
        long innocent = sockets.kept().stream().filter(s -> s.stale() == null).count();
        assertEquals(SocketSample.MOST / 4, innocent);
    }
}
