package io.fdsentry.detect;

import io.fdsentry.config.Config;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.model.Age;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Tier;
import io.fdsentry.model.Verdict;
import io.fdsentry.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// Plays made-up rounds of one process through a detector.
final class Rounds {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final ProcessId ID = new ProcessId(4711, 100);
    private static final Long LIMIT = 1024L;

    /// As many systems give to every program.
    static final Long VAST = 1L << 20;

    final Detector detector = new Detector();
    Judgement last = new Judgement(Map.of(), List.of(), Requests.NONE);
    LeakState worst = LeakState.NONE;
    private final double interval;
    private final Config config;
    private double now;

    Rounds(double interval, double timeScale) {
        this(interval, scaled(timeScale));
    }

    Rounds(double interval, Config config) {
        this.interval = interval;
        this.config = config;
    }

    private static Config scaled(double timeScale) {
        DetectionConfig d = DetectionConfig.DEFAULTS;
        Config c = Config.DEFAULTS;
        return new Config(
                c.sampling(),
                c.targets(),
                new DetectionConfig(d.stuckAfter(), d.idleAfter(), d.blockedAfter(), d.pageBefore(), timeScale),
                c.peers(),
                c.metrics(),
                c.evidence(),
                c.state(),
                c.web());
    }

    /// Plays a stretch in which so many sockets are in CLOSE_WAIT at a time, beside 40 others.
    ///
    /// @param closeWait by seconds since the beginning of the stretch
    Rounds play(ProcessId id, double seconds, DoubleUnaryOperator closeWait) {
        for (double t = 0; t < seconds; t += interval) {
            round(process(id, (int) closeWait.applyAsDouble(t)), Duration.ZERO);
        }
        return this;
    }

    /// Time passes without a round.
    Rounds miss(double seconds) {
        now += seconds;
        return this;
    }

    /// One round.
    ///
    /// @param wallAhead how far the wall clock is ahead of the monotonic one
    Rounds round(ProcessSample process, Duration wallAhead) {
        take(List.of(process), wallAhead);
        worst = state(process.id(), Resource.CLOSE_WAIT).compareTo(worst) > 0
                ? state(process.id(), Resource.CLOSE_WAIT)
                : worst;
        return this;
    }

    void take(List<ProcessSample> processes, Duration wallAhead) {
        now += interval;
        last = detector.judge(
                new Snapshot(
                        START.plusMillis((long) (now * 1000)).plus(wallAhead),
                        (long) (now * 1e9),
                        Duration.ZERO,
                        processes,
                        List.of(new TargetSample("ruler", processes.size(), 0)),
                        List.of(),
                        Map.of(),
                        1,
                        Map.of()),
                config);
    }

    LeakState state(ProcessId id, Resource resource) {
        return verdict(id, resource).state();
    }

    Verdict verdict(ProcessId id, Resource resource) {
        return last.verdicts().getOrDefault(id, List.of()).stream()
                .filter(verdict -> verdict.resource() == resource)
                .findFirst()
                .orElseThrow();
    }

    static ProcessSample process(ProcessId id, int closeWait) {
        int established = 40;
        Counts<Age> old = Counts.of(Age.class, new int[] {closeWait, closeWait, closeWait, closeWait, 0});
        Sockets sockets = new Sockets(
                Tally.of(Protocol.class)
                        .with(Protocol.TCP, established + closeWait)
                        .done(),
                Tally.of(TcpState.class)
                        .with(TcpState.ESTABLISHED, established)
                        .with(TcpState.CLOSE_WAIT, closeWait)
                        .done(),
                Map.of(TcpState.CLOSE_WAIT, old),
                Tally.of(StaleReason.class)
                        .with(StaleReason.CLOSE_WAIT, closeWait)
                        .done(),
                0,
                0,
                0,
                List.of(),
                old);
        return process(id, 60 + closeWait, Outcome.seen(sockets), Outcome.seen(new Idle(0, 0, old)));
    }

    /// A process whose sockets may not be looked at.
    static ProcessSample blind(ProcessId id, int fds) {
        return process(id, fds, Outcome.denied(Reason.PERMISSION), Outcome.denied(Reason.PERMISSION));
    }

    /// A Go program of which nearly all that wait do so at one place.
    static ProcessSample withGoroutines(ProcessId id, int count, int blocked) {
        ProcessSample plain = process(id, 0);
        Goroutines goroutines = new Goroutines(
                Goroutines.Source.NATIVE,
                count,
                Map.of("chan receive", blocked),
                List.of(new Goroutines.Site(
                        "main.watch (watch.go:7)", "", "chan receive", blocked, Duration.ofMinutes(12))));
        return new ProcessSample(
                plain.id(),
                plain.target(),
                plain.command(),
                plain.container(),
                plain.startTime(),
                plain.tier(),
                plain.openFds(),
                plain.fdKinds(),
                plain.limits(),
                plain.sockets(),
                plain.idle(),
                plain.threads(),
                Outcome.seen(goroutines));
    }

    /// One of another target.
    static ProcessSample named(ProcessId id, String target) {
        return process(id, target, 60, Outcome.denied(Reason.PERMISSION), Outcome.denied(Reason.PERMISSION));
    }

    private static ProcessSample process(ProcessId id, int fds, Outcome<Sockets> sockets, Outcome<Idle> idle) {
        return process(id, "ruler", fds, sockets, idle);
    }

    private static ProcessSample process(
            ProcessId id, String target, int fds, Outcome<Sockets> sockets, Outcome<Idle> idle) {
        return new ProcessSample(
                id,
                target,
                target,
                ContainerName.NONE,
                START,
                Tier.OWN,
                Outcome.seen(fds),
                sockets.map(seen -> new FdKinds(
                        Tally.of(FdKind.class)
                                .with(FdKind.SOCKET, seen.protocols().total())
                                .with(FdKind.REGULAR, fds - seen.protocols().total())
                                .done(),
                        0)),
                Outcome.seen(new FdLimits(LIMIT, LIMIT, LIMIT)),
                sockets,
                idle,
                Outcome.seen(new Threads(Tally.of(ThreadState.class)
                        .with(ThreadState.SLEEPING, 12)
                        .done())),
                null);
    }
}
