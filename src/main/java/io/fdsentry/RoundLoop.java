package io.fdsentry;

import io.fdsentry.ConfigKeeper.InForce;
import io.fdsentry.config.Config;
import io.fdsentry.detect.Detector;
import io.fdsentry.detect.Judgement;
import io.fdsentry.model.Board;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Round after round on one thread: sample, judge, publish. Between rounds it does the chores: looking at the
/// configuration file, and what else is tried again now and then.
final class RoundLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RoundLoop.class);
    private static final long CHORES_EVERY = TimeUnit.SECONDS.toNanos(2);
    private static final long LEAST_GAP = TimeUnit.SECONDS.toNanos(1);

    private final ConfigKeeper keeper;
    private final Sampling sampling;
    private final World world;
    private final Detector detector = new Detector();
    private final StateKeeper state = new StateKeeper(detector);
    private final RoundLog log = new RoundLog();
    private final Failures failures = new Failures("round", LOG);
    private final Failures choreFailures = new Failures("chore between rounds", LOG);
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopping;
    private volatile boolean askedForRound;
    private long lastStart = System.nanoTime() - LEAST_GAP;
    private boolean late;
    private Requests requests = Requests.NONE;

    RoundLoop(ConfigKeeper keeper, Sampling sampling, World world) {
        this.keeper = keeper;
        this.sampling = sampling;
        this.world = world;
    }

    /// What a round is taken with.
    @FunctionalInterface
    interface Sampling {
        Snapshot sample(Config config, Requests requests);
    }

    /// What a round is told to.
    interface World {
        /// A round ended well.
        ///
        /// @param config the configuration it was made with
        void publish(Board board, Config config);

        /// A round ended in an error; the last board is still the last.
        void countFailure();

        /// Something to do between rounds, every other second.
        void chores();
    }

    /// Has the next round begin now, and the interval counted from it: for a configuration that may have changed.
    void roundNow() {
        askedForRound = true;
        wake.release();
    }

    /// Ends the loop after the round that is being taken.
    void stop() {
        stopping = true;
        wake.release();
    }

    @Override
    public void run() {
        Schedule schedule = scheduleFrom(System.nanoTime());
        while (!stopping) {
            if (askedForRound) {
                askedForRound = false;
                schedule = scheduleFrom(Math.max(System.nanoTime(), lastStart + LEAST_GAP));
            }
            if (schedule.remaining(System.nanoTime()) <= 0) {
                round();
                tellIfLate(schedule.advance(System.nanoTime()));
            } else {
                chores();
                pause(Math.min(CHORES_EVERY, schedule.remaining(System.nanoTime())));
            }
        }
        state.write(Instant.now());
    }

    private Schedule scheduleFrom(long first) {
        return new Schedule(keeper.inForce().config().sampling().interval(), first);
    }

    private void round() {
        lastStart = System.nanoTime();
        InForce inForce = keeper.inForce();
        try {
            state.follow(inForce.config().state().directory(), Instant.now());
            Snapshot snapshot = sampling.sample(inForce.config(), requests);
            Judgement judgement = detector.judge(snapshot, inForce.config());
            requests = judgement.requests();
            Board board = new Board(snapshot, judgement.verdicts(), judgement.findings(), inForce.status());
            world.publish(board, inForce.config());
            log.round(snapshot, inForce.config().namesTargets());
            failures.succeeded();
            state.afterRound(Instant.now());
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failures.failed(e);
            world.countFailure();
        }
    }

    private void chores() {
        try {
            world.chores();
            choreFailures.succeeded();
        } catch (RuntimeException e) {
            choreFailures.failed(e);
        }
    }

    private void tellIfLate(long skipped) {
        if (skipped > 0 != late) {
            late = skipped > 0;
            if (late) {
                LOG.atWarn().addKeyValue("skipped", skipped).log("a round took longer than sampling.interval");
            } else {
                LOG.atInfo().log("rounds are in time again");
            }
        }
    }

    private void pause(long nanos) {
        try {
            if (nanos > 0 && wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
