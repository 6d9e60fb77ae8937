package io.fdsentry.web.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Board;
import io.fdsentry.model.Course;
import io.fdsentry.model.Drawn;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.testing.Boards;
import io.fdsentry.testing.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the page draws over time stays within its memory, and is finest where it is newest.
class HistoryTest {
    private static final ProcessId RULER = new ProcessId(4242, 900100);
    private static final ProcessId POSTGRES = new ProcessId(900, 77000);
    private static final long INTERVAL = 15;

    private final History history = new History();

    @Test
    void countsAreThoseOfTheRoundAndWhatCannotBeSeenIsUnknown() {
        history.add(Scenario.board().snapshot());
        Course ruler = history.of(RULER);
        assertEquals(1, ruler.size());
        assertEquals(Scenario.AT, ruler.at(0));
        assertEquals(4251, ruler.count(Drawn.FDS, 0));
        assertEquals(4180, ruler.count(Drawn.TCP_CLOSE_WAIT, 0));
        assertEquals(64, ruler.count(Drawn.GOROUTINES, 0));
        Course postgres = history.of(POSTGRES);
        assertEquals(118, postgres.count(Drawn.FDS, 0));
        assertNull(postgres.count(Drawn.TCP_ESTABLISHED, 0));
        assertTrue(!postgres.knows(Drawn.GOROUTINES));
    }

    @Test
    void theFirstAndTheLastRoundsStayAndThePointsBetweenAreTheFartherApartTheOlderTheyAre() {
        int rounds = 20_000;
        play(Scenario.board(), rounds);
        Course ruler = history.of(RULER);
        assertEquals(History.MOST_POINTS, ruler.size());
        assertEquals(Scenario.AT, ruler.at(0));
        assertEquals(Scenario.AT.plusSeconds(INTERVAL * (rounds - 1)), ruler.at(ruler.size() - 1));
        assertEquals(INTERVAL, gap(ruler, ruler.size() - 1));
        assertEquals(INTERVAL, gap(ruler, ruler.size() - 40));
        long old = gap(ruler, 2);
        assertTrue(old > 20 * INTERVAL, () -> "the oldest gap: " + old);
        assertTrue(old < INTERVAL * rounds / 50, () -> "the oldest gap: " + old);
    }

    @Test
    void manyProcessesShareTheSameMemory() {
        play(Scenario.board(), 2000);
        List<ProcessSample> many = Boards.copies(Scenario.board().snapshot().processes(), 2000);
        play(Boards.of(Scenario.board(), many), 100);
        assertTrue(history.bounds().bytes() <= History.MOST_BYTES, () -> "bytes: " + history.bounds());
        assertEquals(2000, history.all(60).size());
        assertTrue(history.bounds().mostPoints() < 100);
        assertEquals(0, history.of(RULER).size(), "gone, and its history with it");
    }

    @Test
    void tooManyProcessesForTheMemoryLeaveTheLastWithoutHistory() {
        List<ProcessSample> far = Boards.copies(Scenario.board().snapshot().processes(), 20_000);
        play(Boards.of(Scenario.board(), far), 3);
        assertTrue(history.bounds().bytes() <= History.MOST_BYTES, () -> "bytes: " + history.bounds());
        assertEquals(History.LEAST_POINTS, history.bounds().mostPoints());
        assertTrue(history.all(60).size() > 5000);
    }

    @Test
    void aGlanceEndsWithTheLastRound() {
        play(Scenario.board(), 500);
        Course glance = history.all(60).getLast();
        assertEquals(RULER, glance.id());
        assertEquals(60, glance.size());
        assertEquals(Scenario.AT, glance.at(0));
        assertEquals(Scenario.AT.plusSeconds(INTERVAL * 499), glance.at(59));
    }

    private void play(Board board, int rounds) {
        for (int i = 0; i < rounds; i++) {
            history.add(Boards.at(board, Scenario.AT.plusSeconds(INTERVAL * i)).snapshot());
        }
    }

    private static long gap(Course course, int point) {
        return Duration.between(course.at(point - 1), course.at(point)).toSeconds();
    }
}
