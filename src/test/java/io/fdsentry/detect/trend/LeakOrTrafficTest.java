package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Play.DAY;
import static io.fdsentry.detect.trend.Play.HOUR;
import static io.fdsentry.detect.trend.Play.MINUTE;
import static io.fdsentry.detect.trend.Play.count;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.detect.trend.Play.Shape;
import io.fdsentry.model.LeakState;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Shapes of our own, simpler than life, that must or must not be confirmed.
class LeakOrTrafficTest {
    private record Case(String name, double days, double limit, Shape shape) {}

    @TestFactory
    Stream<DynamicTest> trafficIsNeverConfirmed() {
        return Stream.of(
                        new Case("a daily curve", 14, 4096, count(t -> 800 * daily(t))),
                        new Case("traffic that doubles in stages", 6, 65536, used(t -> 500 * stages(t), 1)),
                        new Case(
                                "a pool that warms up to 2,000",
                                3,
                                65536,
                                used(t -> 2000 * (1 - Math.exp(-t / HOUR)), 1)),
                        new Case("a cache that fills", 10, 20000, count(t -> 2000 * (1 - Math.exp(-t / DAY)))),
                        new Case("a burst of 10,000", 3, 65536, count(t -> Math.abs(t - 2 * DAY) < 240 ? 10_000 : 100)),
                        new Case("millions far below a vast limit", 3, 1e10, count(t -> 1e6 + 8e5 * daily(t))),
                        new Case("bursts that last for minutes", 5, 65536, count(t -> 200 + 3000 * burst(t))),
                        new Case("long connections all day", 10, 65536, used(t -> 3000 * daily(t), 1)),
                        new Case(
                                "a pool left in CLOSE_WAIT for a day",
                                4,
                                65536,
                                closeWait(t -> t > DAY && t < 2 * DAY ? 200 : 2)),
                        new Case(
                                "a pool left in CLOSE_WAIT from the start",
                                2,
                                1024,
                                closeWait(t -> t > HOUR ? 200 : 0)),
                        new Case(
                                "a pool in CLOSE_WAIT each night",
                                8,
                                4096,
                                closeWait(t -> t % DAY > 20 * HOUR ? 230 : 0)),
                        new Case("an idle pool without keepalive", 8, 1024, LeakOrTrafficTest::idlePool),
                        new Case("files that grow until retention", 20, 65536, LeakOrTrafficTest::segments),
                        new Case(
                                "a proxy that splices, in the morning",
                                1,
                                65536,
                                plumbing(t -> 200 + 2000 * Math.clamp(t / (4 * HOUR), 0, 1), 1)),
                        new Case(
                                "a program that starts its loops and children",
                                1,
                                65536,
                                plumbing(t -> 10 + 400 * Math.min(1, t / (5 * MINUTE)), 0)),
                        new Case("a sawtooth of idle sockets", 8, 65536, LeakOrTrafficTest::sawtooth),
                        new Case("a tooth like the first, beside more traffic", .5, 1024, LeakOrTrafficTest::teeth),
                        new Case(
                                "the files of a job, in a process' first hours",
                                .5,
                                1024,
                                kept(t -> 100 + 600 * Math.clamp((t - 3 * HOUR) / (25 * MINUTE), 0, 1), 0)),
                        new Case(
                                "a mesh that opens to more peers for six hours",
                                4,
                                700,
                                kept(t -> 60 + 72 * Math.clamp((t - 2 * DAY) / (6 * HOUR), 0, 1), .87)))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    Play play = new Play(30, c.limit).through(0, c.days * DAY, c.shape);
                    assertTrue(
                            play.worst().compareTo(LeakState.CONFIRMED) < 0, play.changes + " " + play.series.ground());
                }));
    }

    private record Leak(String name, double days, double limit, double byHour, Shape shape) {}

    @TestFactory
    Stream<DynamicTest> leaksAreConfirmedInTime() {
        double start = 2 * DAY;
        return Stream.of(
                        new Leak(
                                "pipes of children",
                                2.2,
                                65535,
                                48 + 1.5,
                                plumbing(t -> 20 + Math.max(0, t - start) / 15, 0)),
                        new Leak("bodies never closed", 4, 65535, 48 + 4, stuckLeak(start, 120)),
                        new Leak("a pool for each request", 4, 65535, 48 + 2, unusedLeak(start, 800)),
                        new Leak("a slow one under a daily curve", 12, 4096, 48 + 96, unusedLeak(start, 6)),
                        new Leak("a deadlock", 2.2, 4096, 48 + .2, stuckLeak(start, 3000)),
                        new Leak(
                                "retired backends at dawn",
                                6,
                                65535,
                                48 + 30,
                                closeWait(t -> 200 * Math.floor(dawns(t, start)))),
                        new Leak(
                                "goroutines alone",
                                20,
                                20000,
                                48 + 24 * 9,
                                count(t -> 300 * daily(t) + leak(t, start, 3))),
                        new Leak(
                                "a count alone, fast",
                                3,
                                20000,
                                48 + 14,
                                count(t -> 80 + 20 * daily(t) + leak(t, start, 300))))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    Play play = new Play(15, c.limit).through(0, c.days * DAY, c.shape);
                    double hour = play.firstHour(LeakState.CONFIRMED);
                    assertTrue(hour >= start / HOUR && hour <= c.byHour, play.changes + " " + play.series.ground());
                }));
    }

    @Test
    void pipesThatOnlyRiseFromTheFirstMinuteAreConfirmedWithinTheHour() {
        Play play = new Play(15, 65535).through(0, 2 * HOUR, plumbing(t -> 20 + t / 15, 0));
        assertTrue(play.firstHour(LeakState.CONFIRMED) <= 1, play.changes.toString());
    }

    @Test
    void aLeakFromTheFirstMinuteIsConfirmedBeforeItsDayIsOver() {
        Play play = new Play(15, 1024).through(0, 12 * HOUR, unusedLeak(0, 70));
        assertTrue(play.firstHour(LeakState.CONFIRMED) < 8, play.changes.toString());
    }

    @Test
    void whatIsKnownExactlyConvictsAYoungProcessAtATenthOfTheWay() {
        Play idle = new Play(15, 20_000)
                .through(0, 40 * MINUTE, stale(unusedLeak(0, 7200), t -> leak(t - 30 * MINUTE, 0, 7200)));
        assertTrue(idle.firstHour(LeakState.CONFIRMED) <= .52, idle.changes.toString());
        Play stuck = new Play(15, 20_000)
                .through(0, 10 * MINUTE, stale(stuckLeak(0, 36_000), t -> leak(t - 5 * MINUTE, 0, 36_000)));
        assertTrue(stuck.firstHour(LeakState.CONFIRMED) <= .1, stuck.changes.toString());
    }

    @Test
    void aPoolThatFallsAsleepOrIsClosedIsStaleAndNoLeak() {
        Shape asleep = (t, row) -> {
            double idle = Math.min(200, Math.max(0, t - HOUR) / 6);
            row.set(Column.VALUE, 230);
            row.set(Column.OLDER_10M, 220);
            row.set(Column.IDLE_10M, idle);
            row.set(Column.CLOSE_WAIT, 0);
        };
        Play pool =
                new Play(15, 1024).through(0, DAY, stale(asleep, t -> Math.min(200, Math.max(0, t - 1.5 * HOUR) / 6)));
        assertTrue(pool.worst().compareTo(LeakState.CONFIRMED) < 0, pool.changes.toString());
        Shape closed = (t, row) -> {
            row.set(Column.VALUE, 230);
            row.set(Column.OLDER_10M, 220);
            row.set(Column.IDLE_10M, 200);
            row.set(Column.CLOSE_WAIT, Math.min(200, Math.max(0, t - HOUR) / 6));
        };
        Play left =
                new Play(15, 1024).through(0, DAY, stale(closed, t -> Math.min(200, Math.max(0, t - HOUR - 300) / 6)));
        assertTrue(left.worst().compareTo(LeakState.CONFIRMED) < 0, left.changes.toString());
    }

    private static Shape stale(Shape shape, java.util.function.DoubleUnaryOperator count) {
        return (t, row) -> {
            shape.fill(t, row);
            row.set(Column.STALE, Math.rint(count.applyAsDouble(t)));
        };
    }

    @Test
    void aDeadlockIsUrgentWithinMinutes() {
        Play play = new Play(15, 4096).through(0, 2 * DAY + HOUR, stuckLeak(2 * DAY, 3000));
        assertEquals(LeakState.URGENT, play.series.state());
        assertTrue(play.firstHour(LeakState.URGENT) < 48.2, play.changes.toString());
        assertEquals(3000 / HOUR, play.series.growthPerSecond(), .1);
    }

    private static double leak(double t, double start, double perHour) {
        return Math.max(0, t - start) / HOUR * perHour;
    }

    private static double daily(double t) {
        return 1 - .5 * Math.cos(2 * Math.PI * t / DAY);
    }

    private static double stages(double t) {
        double factor = 1;
        for (double at = DAY; at < 3 * DAY; at += 9 * HOUR) {
            factor *= 1 + Math.clamp((t - at) / HOUR, 0, 1);
        }
        return factor;
    }

    private static double burst(double t) {
        double into = t % (7 * HOUR);
        return into < 20 * MINUTE ? into / (20 * MINUTE) : into < HOUR ? Math.exp(-(into - 20 * MINUTE) / 600) : 0;
    }

    private static double dawns(double t, double start) {
        double days = Math.floor((t - start) / DAY);
        return t < start ? 0 : days + Math.min(1, (t - start - days * DAY) / 600);
    }

    /// Connections of traffic: a part is an hour old, every one is used.
    private static Shape used(java.util.function.DoubleUnaryOperator value, double usedShare) {
        return (t, row) -> {
            double v = Math.rint(value.applyAsDouble(t));
            double hourAgo = Math.rint(value.applyAsDouble(Math.max(0, t - HOUR)));
            row.set(Column.VALUE, v);
            row.set(Column.OLDER_10M, Math.min(v, hourAgo) * .7);
            row.set(Column.OLDER_1H, Math.min(v, hourAgo) * .5);
            row.set(Column.OLDER_1D, Math.min(v, 100) * .5);
            row.set(Column.IDLE_10M, Math.rint(v * (1 - usedShare)));
            row.set(Column.IDLE_1H, 0);
            row.set(Column.IDLE_1D, 0);
            row.set(Column.CLOSE_WAIT, 1);
        };
    }

    /// @param sockets for each of the pipes
    private static Shape plumbing(java.util.function.DoubleUnaryOperator pipes, double sockets) {
        return (t, row) -> {
            double held = Math.rint(pipes.applyAsDouble(t));
            row.set(Column.VALUE, 30 + held * (1 + sockets));
            row.set(Column.PLUMBING, held);
        };
    }

    private static Shape closeWait(java.util.function.DoubleUnaryOperator value) {
        return (t, row) -> {
            row.set(Column.VALUE, value.applyAsDouble(t));
            row.set(Column.CLOSE_WAIT, value.applyAsDouble(t));
        };
    }

    /// Twenty connections, ten of them asleep at night, none with a timer.
    private static void idlePool(double t, Row row) {
        double idle = t % DAY < 7 * HOUR ? 18 : 4;
        row.set(Column.VALUE, 20);
        row.set(Column.OLDER_1H, 20);
        row.set(Column.IDLE_10M, idle);
        row.set(Column.IDLE_1H, idle);
        row.set(Column.IDLE_1D, 2);
        row.set(Column.NO_TIMER, 20);
    }

    /// Six files an hour, each kept for a week.
    private static void segments(double t, Row row) {
        row.set(Column.VALUE, 200 + Math.floor(Math.min(t, 7 * DAY) / HOUR * 6));
        row.set(Column.OLDER_1H, 200 + Math.floor(Math.min(Math.max(0, t - HOUR), 7 * DAY) / HOUR * 6));
        row.set(Column.OLDER_1D, 200 + Math.floor(Math.min(Math.max(0, t - DAY), 6 * DAY) / HOUR * 6));
        row.set(Column.IDLE_10M, 0);
        row.set(Column.IDLE_1H, 0);
        row.set(Column.IDLE_1D, 0);
    }

    /// Handles of which none goes.
    ///
    /// @param unused this share of them, after ten minutes
    private static Shape kept(java.util.function.DoubleUnaryOperator value, double unused) {
        return (t, row) -> {
            row.set(Column.VALUE, Math.rint(value.applyAsDouble(t)));
            row.set(Column.OLDER_1M, Math.rint(value.applyAsDouble(Math.max(0, t - MINUTE))));
            row.set(Column.OLDER_10M, Math.rint(value.applyAsDouble(Math.max(0, t - 600))));
            row.set(Column.OLDER_1H, Math.rint(value.applyAsDouble(Math.max(0, t - HOUR))));
            row.set(Column.OLDER_1D, Math.rint(value.applyAsDouble(Math.max(0, t - DAY))));
            row.set(Column.IDLE_10M, Math.rint(unused * row.get(Column.OLDER_10M)));
            row.set(Column.IDLE_1H, Math.rint(unused / 2 * row.get(Column.OLDER_1H)));
            row.set(Column.IDLE_1D, 0);
        };
    }

    /// An idle pool that is evicted every five hours, beside traffic that is more with the second time.
    private static void teeth(double t, Row row) {
        double saw = Math.floor(t % (5 * HOUR) / HOUR * 60);
        double traffic = t < 5 * HOUR ? 20 : 200;
        row.set(Column.VALUE, traffic + saw);
        row.set(Column.OLDER_10M, Math.max(0, saw - 10));
        row.set(Column.IDLE_10M, Math.max(0, saw - 10));
    }

    /// An idle pool that is evicted every five hours.
    private static void sawtooth(double t, Row row) {
        double saw = t % (5 * HOUR) / HOUR * 100;
        row.set(Column.VALUE, 50 + saw);
        row.set(Column.OLDER_10M, 50 + Math.max(0, saw - 17));
        row.set(Column.OLDER_1H, 50 + Math.max(0, saw - 100));
        row.set(Column.IDLE_10M, Math.max(0, saw - 17));
        row.set(Column.IDLE_1H, Math.max(0, saw - 100));
        row.set(Column.IDLE_1D, 0);
    }

    private static Shape unusedLeak(double start, double perHour) {
        Random noise = new Random(7);
        return (t, row) -> {
            double traffic = Math.rint(60 * daily(t) + noise.nextInt(10));
            row.set(Column.VALUE, traffic + Math.floor(leak(t, start, perHour)));
            row.set(Column.OLDER_1M, Math.rint(traffic * .6) + aged(t, 60, start, perHour));
            row.set(Column.OLDER_10M, Math.rint(traffic * .3) + aged(t, 600, start, perHour));
            row.set(Column.OLDER_1H, 10 + aged(t, HOUR, start, perHour));
            row.set(Column.OLDER_1D, 5 + aged(t, DAY, start, perHour));
            row.set(Column.IDLE_10M, noise.nextInt(3) + aged(t, 600, start, perHour));
            row.set(Column.IDLE_1H, aged(t, HOUR, start, perHour));
            row.set(Column.IDLE_1D, aged(t, DAY, start, perHour));
        };
    }

    private static double aged(double t, double age, double start, double perHour) {
        return Math.floor(leak(t - age, start, perHour));
    }

    private static Shape stuckLeak(double start, double perHour) {
        return (t, row) -> {
            double leaked = Math.floor(leak(t, start, perHour));
            row.set(Column.VALUE, Math.rint(100 * daily(t)) + leaked);
            row.set(Column.CLOSE_WAIT, Math.rint(leaked * .8));
            row.set(Column.CLOSED, leaked - Math.rint(leaked * .8));
        };
    }
}
