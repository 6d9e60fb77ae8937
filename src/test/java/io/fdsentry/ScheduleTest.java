package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Rounds every 10 ns, the first at 100.
class ScheduleTest {
    private final Schedule schedule = new Schedule(Duration.ofNanos(10), 100);

    @Test
    void theFirstRoundIsDueAtOnce() {
        assertEquals(5, schedule.remaining(95));
        assertEquals(0, schedule.remaining(100));
    }

    @Test
    void aRoundThatTakesTimeDoesNotShiftTheNext() {
        assertEquals(0, schedule.advance(103));
        assertEquals(7, schedule.remaining(103));
        assertEquals(0, schedule.advance(119));
        assertEquals(1, schedule.remaining(119));
    }

    @Test
    void missedRoundsAreSkippedAndNotMadeUpFor() {
        assertEquals(3, schedule.advance(135));
        assertEquals(5, schedule.remaining(135));
    }

    @Test
    void aRoundThatEndsExactlyWhenTheNextIsDueSkipsIt() {
        assertEquals(1, schedule.advance(110));
        assertEquals(10, schedule.remaining(110));
    }

    @Test
    void theMonotonicClockMayWrapAround() {
        Schedule wrapping = new Schedule(Duration.ofNanos(10), Long.MAX_VALUE - 2);
        assertEquals(0, wrapping.advance(Long.MAX_VALUE));
        assertEquals(8, wrapping.remaining(Long.MAX_VALUE));
        assertEquals(2, wrapping.remaining(Long.MIN_VALUE + 5));
    }
}
