package io.fdsentry.detect;

import static io.fdsentry.detect.Rounds.ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.detect.diagnosis.Connections;
import io.fdsentry.detect.diagnosis.Figures;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Verdict YOUNG =
            new Verdict(Resource.CLOSE_WAIT, LeakState.CONFIRMED, null, Double.POSITIVE_INFINITY);
    private static final Verdict SOCKETS = new Verdict(Resource.SOCKETS, LeakState.SUSPECTED, 0.5, 600.0);
    private static final Verdict FDS = new Verdict(Resource.FDS, LeakState.NONE, 0.4, 700.0);
    private static final Verdict THREADS = new Verdict(Resource.THREADS, LeakState.NONE, 9.0, 1.0);

    /// Nothing is remembered.
    private static final Findings.Memory MEMORY = new Findings.Memory() {
        @Override
        public Figures before(Resource resource, Figures now) {
            return now;
        }

        @Override
        public boolean isInherited(Resource resource) {
            return false;
        }

        @Override
        public @Nullable Connections connections() {
            return null;
        }
    };

    @Test
    void whatIsConvictedYoungIsToldWithThePaceOfWhatRisesWithIt() {
        Finding finding = finding(YOUNG, THREADS, FDS, SOCKETS);
        assertEquals(Resource.CLOSE_WAIT, finding.resource());
        assertEquals(0.5, finding.growthPerSecond());
        assertEquals(600.0, finding.secondsToLimit());
        assertTrue(finding.sentence().contains("+1,800 an hour; limit 1,024 in 10 min"), finding.sentence());
    }

    @Test
    void withoutAnyPaceNoneIsMadeUp() {
        assertNull(finding(YOUNG, THREADS).growthPerSecond());
    }

    @Test
    void anOwnPaceIsTold() {
        Verdict own = new Verdict(Resource.CLOSE_WAIT, LeakState.CONFIRMED, 0.1, 900.0);
        assertEquals(0.1, finding(own, SOCKETS).growthPerSecond());
    }

    private static Finding finding(Verdict... verdicts) {
        return new Findings()
                .of(Rounds.process(ID, 40), Rounds.START, List.of(verdicts), MEMORY)
                .getFirst();
    }
}
