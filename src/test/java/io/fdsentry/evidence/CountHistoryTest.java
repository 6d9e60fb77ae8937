package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Counted;
import io.fdsentry.model.CountsAt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountHistoryTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final CountHistory history = new CountHistory();

    private void rounds(int from, int to) {
        for (int i = from; i < to; i++) {
            history.begin().set(Counted.FDS, i).end(START.plusSeconds(15L * i));
        }
    }

    @Test
    void theLastRoundsAreAllThere() {
        rounds(0, 10_000);
        List<CountsAt> points = history.points();
        for (int back = 1; back <= CountHistory.RING; back++) {
            assertEquals(
                    10_000 - back, points.get(points.size() - back).counts().get(Counted.FDS));
        }
    }

    @Test
    void olderRoundsAreCoarserButNoneIsFarFromOneThatIsKept() {
        int rounds = 172_800;
        rounds(0, rounds);
        List<CountsAt> points = history.points();
        assertTrue(points.size() < 480, points.size() + " points for a month");
        Instant now = START.plusSeconds(15L * rounds);
        for (int i = 1; i < points.size(); i++) {
            Duration gap =
                    Duration.between(points.get(i - 1).at(), points.get(i).at());
            Duration age = Duration.between(points.get(i - 1).at(), now);
            assertTrue(gap.isPositive());
            assertTrue(gap.multipliedBy(8).compareTo(age.plusSeconds(120)) <= 0, gap + " apart at the age of " + age);
        }
        assertEquals(START, points.getFirst().at());
    }

    @Test
    void whatWasNotSeenIsAbsent() {
        history.begin().set(Counted.FDS, 7).end(START);
        history.begin().end(START.plusSeconds(15));
        assertEquals(
                List.of(new CountsAt(START, Map.of(Counted.FDS, 7)), new CountsAt(START.plusSeconds(15), Map.of())),
                history.points());
    }

    @Test
    void yearsOfRoundsStayBounded() {
        rounds(0, 3_000_000);
        assertTrue(history.points().size() <= 16 * CountHistory.RING + 1);
    }
}
