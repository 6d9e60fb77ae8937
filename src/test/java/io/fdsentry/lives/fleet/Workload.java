package io.fdsentry.lives.fleet;

import io.fdsentry.config.Config;
import io.fdsentry.detect.Detector;
import io.fdsentry.detect.Judgement;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A service of some replicas that leaks nothing, from its first Monday on.
///
/// Its days differ: work follows the hours and the week; versions are rolled out, most after a canary; some days
/// bring a rush, for which it, or the fleet that it serves, goes from 3 to 300 replicas and back.
final class Workload {
    static final String TARGET = "workload";

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    /// While nothing happens but the hours of the day: three samples in the windows of five minutes.
    private static final double CALM = 100;
    /// While something happens: the shortest windows want three samples.
    private static final double EVENTFUL = 20;
    private static final int FEW = 3;
    private static final int MANY = 300;

    private final SplittableRandom random;
    private final Habit habit;
    private final int size;
    private final long limit;
    private final double warmUp;
    private final double lifetime;
    private final double useEvery;
    private final double fill;
    private final Detector detector = new Detector();
    private final List<Replica> replicas = new ArrayList<>();
    private Day day = new Day(0, 0, 0, 0);
    private int pids;

    /// What a day brings: seconds since midnight, 0 for none.
    ///
    /// @param rollout when a version is rolled out
    /// @param rush when a rush begins
    /// @param ramp how long it takes to grow to 300 replicas, and back
    /// @param hold how long it lasts
    private record Day(double rollout, double rush, double ramp, double hold) {
        /// How far a rush has got, 0 to 1.
        double rushed(double time) {
            double since = time - rush;
            return rush == 0 ? 0 : Math.clamp(Math.min(since / ramp, (2 * ramp + hold - since) / ramp), 0, 1);
        }

        boolean isEventful(double time) {
            return rollout > 0 && time > rollout - 2 * HOUR && time < rollout + 2 * HOUR
                    || rush > 0 && time > rush && time < rush + 2 * ramp + hold + HOUR;
        }
    }

    /// The worst that was said on each day, over some days.
    record Days(int days, int suspected, int confirmed, int urgent, List<String> alarms) {
        Days plus(Days other) {
            List<String> both = new ArrayList<>(alarms);
            both.addAll(other.alarms);
            return new Days(
                    days + other.days,
                    suspected + other.suspected,
                    confirmed + other.confirmed,
                    urgent + other.urgent,
                    both);
        }

        static final Days NONE = new Days(0, 0, 0, 0, List.of());
    }

    Workload(long seed) {
        random = new SplittableRandom(seed);
        habit = Habit.values()[random.nextInt(Habit.values().length)];
        size = (int) between(20, habit == Habit.SERVER_OF_A_FLEET ? 50 : 200);
        double peak = 60 + 1.5 * size * (habit == Habit.SERVER_OF_A_FLEET ? .1 * MANY : 1);
        limit = Math.max(1024, (long) (peak / between(.01, .6)));
        warmUp = between(MINUTE, 45 * MINUTE);
        lifetime = between(2 * MINUTE, 12 * HOUR);
        useEvery = between(5, 20 * MINUTE);
        fill = between(1, 100);
    }

    /// As many small as large ones.
    private double between(double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }

    Habit habit() {
        return habit;
    }

    /// About how many handles a replica holds at noon.
    int size() {
        return size;
    }

    long limit() {
        return limit;
    }

    double warmUp() {
        return warmUp;
    }

    double lifetime() {
        return lifetime;
    }

    double useEvery() {
        return useEvery;
    }

    /// Hours until files are as many as they will ever be.
    double fill() {
        return fill;
    }

    boolean keepalive() {
        return limit % 2 == 0;
    }

    /// Lives so many days.
    Days live(int days) {
        Days all = Days.NONE;
        for (int number = 0; number < days; number++) {
            day = newDay();
            LeakState worst = LeakState.NONE;
            String alarm = "";
            for (double time = 0; time < DAY; time += interval(number, time)) {
                Judgement judgement = round(number, time);
                LeakState now = worst(judgement);
                if (now.compareTo(worst) > 0) {
                    worst = now;
                    alarm = "%s: day %d, %.1f h, %s of %s"
                            .formatted(now.label(), number, time / HOUR, judgement.findings(), this);
                }
            }
            all = all.plus(said(worst, alarm));
        }
        return all;
    }

    private double interval(int number, double time) {
        boolean batch = habit == Habit.BATCHES && time % (4 * HOUR) < HOUR;
        boolean begins = number == 0 && time < 4 * HOUR;
        return begins || batch || day.isEventful(time) ? EVENTFUL : CALM;
    }

    private static Days said(LeakState worst, String alarm) {
        return switch (worst) {
            case NONE -> new Days(1, 0, 0, 0, List.of());
            case SUSPECTED -> new Days(1, 1, 0, 0, List.of());
            case CONFIRMED -> new Days(1, 1, 1, 0, List.of(alarm));
            case URGENT -> new Days(1, 1, 1, 1, List.of(alarm));
        };
    }

    private static LeakState worst(Judgement judgement) {
        LeakState worst = LeakState.NONE;
        for (List<Verdict> verdicts : judgement.verdicts().values()) {
            for (Verdict verdict : verdicts) {
                worst = verdict.state().compareTo(worst) > 0 ? verdict.state() : worst;
            }
        }
        return worst;
    }

    private Day newDay() {
        double rollout = random.nextInt(3) == 0 ? between(8 * HOUR, 18 * HOUR) : 0;
        int odds = habit == Habit.SERVER_OF_A_FLEET ? 4 : 60;
        double rush = random.nextInt(odds) == 0 ? between(6 * HOUR, 14 * HOUR) : 0;
        return new Day(rollout, rush, between(5 * MINUTE, HOUR), between(10 * MINUTE, 3 * HOUR));
    }

    private Judgement round(int number, double time) {
        double now = number * DAY + time;
        int fleet = (int) Math.round(FEW + (MANY - FEW) * day.rushed(time));
        scale(habit == Habit.SERVER_OF_A_FLEET ? 1 : fleet, now);
        rollOut(time, now);
        double load = load(number, time);
        List<ProcessSample> samples = new ArrayList<>(replicas.size());
        for (Replica replica : replicas) {
            replica.live(now, interval(number, time), load, fleet);
            samples.add(replica.sample(now));
        }
        Snapshot snapshot = new Snapshot(
                Instant.EPOCH.plusSeconds((long) now),
                (long) (now * 1e9),
                Duration.ZERO,
                samples,
                List.of(new TargetSample(TARGET, samples.size(), 0)),
                List.of(),
                Map.of(),
                1,
                Map.of());
        return detector.judge(snapshot, Config.DEFAULTS);
    }

    /// The newest go first.
    private void scale(int wanted, double now) {
        while (replicas.size() > wanted + (canaryIsOut(now) ? 1 : 0)) {
            replicas.removeLast();
        }
        while (replicas.size() < wanted) {
            replicas.add(replica(now));
        }
    }

    private boolean canaryIsOut(double now) {
        double time = now % DAY;
        return day.rollout() > 0 && time > day.rollout() - 2 * HOUR && time < day.rollout();
    }

    /// A canary for two hours, then one replica after the other, a minute and a half each.
    private void rollOut(double time, double now) {
        if (canaryIsOut(now) && day.rushed(time) == 0 && replicas.size() == FEW) {
            replicas.add(replica(now));
        }
        int next = (int) ((time - day.rollout()) / (1.5 * MINUTE));
        if (day.rollout() > 0 && time >= day.rollout() && next < replicas.size()) {
            double since = number(now) * DAY + day.rollout();
            if (replicas.get(next).born() < since) {
                replicas.set(next, replica(now));
            }
        }
    }

    private static long number(double now) {
        return (long) (now / DAY);
    }

    private Replica replica(double now) {
        return new Replica(this, new ProcessId(++pids, pids), now, random.split());
    }

    /// Least at four in the morning, most at four in the afternoon; less at the end of the week.
    private static double load(int number, double time) {
        double hours = .65 - .35 * Math.cos(2 * Math.PI * (time - 4 * HOUR) / DAY);
        return hours * (number % 7 < 5 ? 1 : .5);
    }

    @Override
    public String toString() {
        return "%s of %d, limit %d, warm-up %.0f s, lifetime %.0f s, used every %.0f s, fills for %.0f h"
                .formatted(habit, size, limit, warmUp, lifetime, useEvery, fill);
    }
}
