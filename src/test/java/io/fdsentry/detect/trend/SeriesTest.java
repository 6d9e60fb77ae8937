package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Play.DAY;
import static io.fdsentry.detect.trend.Play.HOUR;
import static io.fdsentry.detect.trend.Play.MINUTE;
import static io.fdsentry.detect.trend.Play.count;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fdsentry.detect.trend.Play.Shape;
import io.fdsentry.model.LeakState;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
    private static final double LIMIT = 4096;

    @Test
    void aConvictionStandsUntilTheFloorComesBackAndThenIsCleared() {
        Play play = new Play(15, LIMIT)
                .through(0, 2 * DAY, stuck(t -> 2))
                .through(2 * DAY, 2 * DAY + 8 * HOUR, stuck(t -> 2 + (t - 2 * DAY) / HOUR * 200))
                .through(2 * DAY + 8 * HOUR, 3 * DAY, stuck(t -> 1500))
                .through(3 * DAY, 3 * DAY + HOUR, stuck(t -> 5));
        assertTrue(play.worst().compareTo(LeakState.CONFIRMED) >= 0, play.changes.toString());
        assertEquals(LeakState.NONE, play.series.state());
        assertNull(play.series.ground());
        assertTrue(Double.parseDouble(play.changes.getLast().split(" ")[0]) > 72, play.changes.toString());
    }

    /// Nights without growth, noise, and a limit that is half a day away for days: each state is entered once.
    @Test
    void aVerdictDoesNotFlap() {
        Random noise = new Random(7);
        double[] leaked = {0};
        Shape leak = (t, row) -> {
            double load = Math.max(0, Math.sin(2 * Math.PI * (t - 6 * HOUR) / DAY));
            leaked[0] += t < 2 * DAY ? 0 : load * 15 / HOUR * 60 * noise.nextDouble() * 2;
            row.set(Column.VALUE, 50 + Math.rint(leaked[0]) + noise.nextInt(6));
            row.set(Column.CLOSE_WAIT, Math.rint(leaked[0]));
        };
        Play play = new Play(15, LIMIT).through(0, 10.9 * DAY, leak);
        List<String> states = play.changes.stream()
                .map(change -> change.substring(change.lastIndexOf(' ') + 1))
                .toList();
        assertEquals(List.of("suspected", "confirmed", "urgent"), states, play.changes.toString());
    }

    @Test
    void aLevelIsNoLeakAnyMoreAfterAWeekendWithoutGrowth() {
        Play play = new Play(60, LIMIT)
                .through(0, 2 * DAY, stuck(t -> 2))
                .through(2 * DAY, 2 * DAY + 8 * HOUR, stuck(t -> 2 + (t - 2 * DAY) / HOUR * 200))
                .through(2 * DAY + 8 * HOUR, 5 * DAY, stuck(t -> 1600));
        assertTrue(play.series.state().compareTo(LeakState.CONFIRMED) >= 0, play.changes.toString());
        play.through(5 * DAY, 6 * DAY, stuck(t -> 1600));
        assertEquals(LeakState.NONE, play.series.state());
    }

    @Test
    void risesOnTwoSidesOfAGapAreNeverJoined() {
        Shape leak = stuck(t -> 2 + t / MINUTE * 20);
        Play whole = new Play(15, LIMIT).through(0, 2 * DAY, stuck(t -> 2));
        whole.through(2 * DAY, 2 * DAY + 8 * MINUTE, at(leak, 2 * DAY));
        assertTrue(whole.series.state().compareTo(LeakState.CONFIRMED) >= 0);
        Play broken = new Play(15, LIMIT).through(0, 2 * DAY, stuck(t -> 2));
        for (int piece = 0; piece < 4; piece++) {
            double from = 2 * DAY + piece * 10 * MINUTE;
            broken.through(from, from + 4 * MINUTE, at(leak, 2 * DAY));
        }
        assertTrue(broken.worst().compareTo(LeakState.CONFIRMED) < 0, broken.changes.toString());
    }

    @Test
    void aClockThatStepsBackConfirmsNothingAndLosesNoHistory() {
        Play play = new Play(15, LIMIT)
                .through(0, 3 * DAY, stuck(t -> 1))
                .through(2 * DAY, 2.2 * DAY, stuck(t -> 1 + 400 * (t - 2 * DAY) / DAY))
                .through(DAY, 1.2 * DAY, stuck(t -> 81 + 400 * (t - DAY) / DAY));
        assertTrue(play.worst().compareTo(LeakState.CONFIRMED) < 0, play.changes.toString());
        play.through(1.2 * DAY, 1.2 * DAY + 20 * MINUTE, stuck(t -> 161 + (t - 1.2 * DAY) / MINUTE * 50));
        assertTrue(play.series.state().compareTo(LeakState.CONFIRMED) >= 0, play.changes.toString());
        assertTrue(play.series.since() > 1.19 * DAY && play.series.since() < 1.21 * DAY, "times as they were fed");
    }

    @Test
    void aSuspendedMachineWakesToNothing() {
        Play play = new Play(15, LIMIT)
                .through(0, 2 * DAY, count(t -> 100))
                .through(9 * DAY, 9 * DAY + 3 * HOUR, count(t -> 900))
                .through(30 * DAY, 31 * DAY, count(t -> 1800));
        assertEquals(LeakState.NONE, play.worst());
    }

    @Test
    void missedRoundsAreNotZeros() {
        Shape gaps = (t, row) -> row.set(Column.VALUE, t % (20 * MINUTE) < 10 * MINUTE ? 500 : Double.NaN);
        Play play = new Play(15, LIMIT).through(0, 3 * DAY, gaps);
        assertEquals(LeakState.NONE, play.worst());
        assertEquals(0, play.series.growthPerSecond(), 1e-9);
    }

    @Test
    void aNewProcessInheritsWhatIsNormalForItsTarget() {
        Shape firstClimb = count(t -> 100 + 1700 * Math.min(1, t / (1.3 * DAY)));
        Play stranger = new Play(15, LIMIT).through(0, 2 * DAY, firstClimb);
        assertTrue(stranger.worst().compareTo(LeakState.CONFIRMED) >= 0, stranger.changes.toString());
        Series heir = new Series(12 * HOUR, 1);
        heir.inherit(2000);
        Play known = new Play(heir, 15, LIMIT).through(0, 2 * DAY, firstClimb);
        assertEquals(LeakState.NONE, known.worst(), known.changes.toString());
    }

    @Test
    void untilItIsWarmThereIsNoGrowthAndNoEnd() {
        Series series = new Play(15, LIMIT).through(0, 20 * MINUTE, count(t -> t / 60)).series;
        assertTrue(Double.isNaN(series.growthPerSecond()));
        assertEquals(Double.POSITIVE_INFINITY, series.secondsToLimit());
    }

    @Test
    void growthIsRobustAndTimeIsUpAtTheLimit() {
        Random noise = new Random(3);
        Shape shape = count(t -> 1000 + t / HOUR * 50 + (noise.nextInt(20) == 0 ? 400 : noise.nextInt(5)));
        Series series = new Play(15, LIMIT).through(0, 30 * HOUR, shape).series;
        assertEquals(50 / HOUR, series.growthPerSecond(), 3 / HOUR);
        assertEquals((LIMIT - 2500) / 50 * HOUR, series.secondsToLimit(), 4 * HOUR);
    }

    @Test
    void withoutALimitThereIsNoTimeToIt() {
        Series series = new Play(15, Double.NaN).through(0, 5 * HOUR, count(t -> 100 + t)).series;
        assertTrue(Double.isNaN(series.secondsToLimit()));
        assertNotNull(series.state());
    }

    @Test
    void theTimeScaleSpeedsUpWindowsAndNotSlopes() {
        Series fast = new Series(12 * HOUR, 60);
        Play play = new Play(fast, 1, 65535)
                .through(0, 2 * DAY / 60, stuck(t -> 1))
                .through(2 * DAY / 60, 2 * DAY / 60 + 600, stuck(t -> 1 + (t - 2 * DAY / 60) * 20));
        assertTrue(fast.state().compareTo(LeakState.CONFIRMED) >= 0, play.changes.toString());
        assertEquals(20, fast.growthPerSecond(), 1);
        assertEquals((65535 - 12000) / 20.0, fast.secondsToLimit(), 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whatIsSaidOfAPrefixIsWhatIsSaidOfTheWhole(int seed) {
        List<String> whole = wander(seed, 4000);
        List<String> part = wander(seed, 1000 + new Random(seed).nextInt(3000));
        assertEquals(part, whole.subList(0, part.size()));
    }

    private static List<String> wander(int seed, int samples) {
        Random random = new Random(seed);
        double[] level = {100};
        Shape shape = (t, row) -> {
            level[0] = Math.max(0, level[0] + random.nextGaussian() * 8 + seed);
            row.set(Column.VALUE, Math.rint(level[0]));
            row.set(Column.CLOSE_WAIT, Math.rint(level[0] * random.nextDouble()));
            row.set(Column.IDLE_10M, Math.rint(level[0] / 2));
            row.set(Column.OLDER_10M, Math.rint(level[0] / 2));
        };
        return new Play(15, 8192).through(0, samples * 15.0, shape).changes;
    }

    @Test
    void aSampleLeavesNextToNoGarbage() {
        Shape shape = stuck(t -> 100 + 50 * Math.sin(t / DAY * 2 * Math.PI));
        Play play = new Play(60, LIMIT).through(0, 20 * DAY, shape);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Row row = new Row();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (double t = 20 * DAY; t < 80 * DAY; t += 60) {
            shape.fill(t, row);
            play.series.add(t, row, LIMIT);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 60 * 1440 * 40L, bytes + " bytes for sixty days of minutes");
    }

    private static Shape stuck(java.util.function.DoubleUnaryOperator value) {
        return (t, row) -> {
            row.set(Column.VALUE, 50 + Math.rint(value.applyAsDouble(t)));
            row.set(Column.CLOSE_WAIT, Math.rint(value.applyAsDouble(t)));
        };
    }

    private static Shape at(Shape shape, double start) {
        return (t, row) -> shape.fill(t - start, row);
    }
}
