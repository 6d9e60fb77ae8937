package io.fdsentry.testing;

import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Detail;
import io.fdsentry.config.Config.Metrics;
import io.fdsentry.config.Config.Per;
import io.fdsentry.config.Config.Self;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.GoroutineSource;
import io.fdsentry.config.Selector;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Age;
import io.fdsentry.model.Board;
import io.fdsentry.model.Cause;
import io.fdsentry.model.ConfigStatus;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.NetnsSample;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProbeError;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Tier;
import io.fdsentry.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One fixed round on one node: a rule evaluator whose response bodies are never closed, a healthy proxy with two
/// workers, a database that may not be looked into, and a target without a process.
public final class Scenario {
    /// When the round began.
    public static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    /// Its monotonic time.
    public static final long MONOTONIC = Duration.ofHours(5).toNanos();

    public static final ProcessId RULER = new ProcessId(4242, 900_100);
    public static final ProcessId PROXY = new ProcessId(33, 1_200);
    public static final ProcessId WORKER = new ProcessId(34, 1_250);
    public static final ProcessId DATABASE = new ProcessId(900, 77_000);

    private static final ContainerName RULER_POD =
            new ContainerName("shop", "ruler-7d9c5b-x2x4k", "ruler", "9f2c1e0d4b7a".repeat(5));

    private Scenario() {}

    public static Board board() {
        return new Board(snapshot(), verdicts(), List.of(finding()), status());
    }

    /// Targets named, so that everything is exported.
    public static Config config() {
        return new Config(
                Config.DEFAULTS.sampling(),
                List.of(
                        target("ruler", Map.of("team", "alerting"), Set.of(Probe.SOCKETS)),
                        target("nginx", Map.of(), Set.of()),
                        target("postgres", Map.of(), Set.of(Probe.FD_KINDS, Probe.SOCKETS)),
                        target("cron", Map.of(), Set.of())),
                Config.DEFAULTS.detection(),
                Config.DEFAULTS.peers(),
                metrics(Detail.AUTO, Per.PROCESS, 20_000),
                Config.DEFAULTS.evidence(),
                Config.DEFAULTS.state(),
                Config.DEFAULTS.web());
    }

    /// The same configuration with other metrics.
    public static Config with(Config config, Metrics metrics) {
        return new Config(
                config.sampling(),
                config.targets(),
                config.detection(),
                config.peers(),
                metrics,
                config.evidence(),
                config.state(),
                config.web());
    }

    public static Metrics metrics(Detail detail, Per per, int maxSeries) {
        return new Metrics(detail, per, maxSeries, Self.FULL, Map.of("region", "eu-1"));
    }

    private static TargetConfig target(String name, Map<String, String> labels, Set<Probe> require) {
        Selector any = new Selector(null, null, null, null, null, null, null, null, null, null, null);
        return new TargetConfig(
                name, any, List.of(), false, new GoroutineSource.Native(), require, labels, DetectionConfig.DEFAULTS);
    }

    private static Snapshot snapshot() {
        return new Snapshot(
                AT,
                MONOTONIC,
                Duration.ofMillis(42),
                List.of(proxy(PROXY, 9), proxy(WORKER, 61), database(), ruler()),
                List.of(
                        new TargetSample("ruler", 1, 0),
                        new TargetSample("nginx", 2, 0),
                        new TargetSample("postgres", 1, 3),
                        new TargetSample("cron", 0, 0)),
                List.of(new NetnsSample("4026531840", table(4_318)), new NetnsSample("4026532301", table(12))),
                Map.of(new ProbeError(Probe.SOCKETS, Reason.PERMISSION), 1),
                0.75,
                Map.of(RULER, List.of(detail(1), detail(2))));
    }

    private static Map<ProcessId, List<Verdict>> verdicts() {
        return Map.of(
                RULER,
                List.of(
                        new Verdict(Resource.FDS, LeakState.CONFIRMED, 0.033, 1_857_575.0),
                        new Verdict(Resource.CLOSE_WAIT, LeakState.CONFIRMED, 0.033, 1_857_575.0),
                        new Verdict(Resource.GOROUTINES, LeakState.NONE, 0.0, null)),
                PROXY,
                List.of(new Verdict(Resource.FDS, LeakState.NONE, -0.001, Double.POSITIVE_INFINITY)),
                DATABASE,
                List.of(new Verdict(Resource.FDS, LeakState.NONE, null, Double.POSITIVE_INFINITY)));
    }

    private static Finding finding() {
        return new Finding(
                "ruler-4242-close-wait-1",
                RULER,
                "ruler",
                Resource.CLOSE_WAIT,
                LeakState.CONFIRMED,
                Cause.RESPONSE_BODY_NOT_CLOSED,
                Role.HOLDER,
                "4,180 of 4,231 sockets are CLOSE_WAIT towards 10.2.3.4:8006, the oldest for 3 d 4 h, none used since "
                        + "it was opened; +119 an hour; limit 65,535 in 21 days: responses are not being closed.",
                "10.2.3.4:8006",
                "",
                "",
                AT.minus(Duration.ofDays(2)),
                0.033,
                1_857_575.0);
    }

    private static ConfigStatus status() {
        return new ConfigStatus("/etc/fdsentry/config.yaml", true, AT.minus(Duration.ofHours(4)), List.of());
    }

    private static ProcessSample ruler() {
        Sockets sockets = new Sockets(
                Tally.of(Protocol.class)
                        .with(Protocol.TCP, 4_231)
                        .with(Protocol.UDP, 1)
                        .done(),
                Tally.of(TcpState.class)
                        .with(TcpState.ESTABLISHED, 47)
                        .with(TcpState.CLOSE_WAIT, 4_180)
                        .with(TcpState.CLOSED, 3)
                        .with(TcpState.LISTEN, 1)
                        .done(),
                Map.of(
                        TcpState.CLOSE_WAIT, ages(4_180, 4_179, 4_172, 4_060, 1_310),
                        TcpState.CLOSED, ages(3, 3, 3, 2, 1),
                        TcpState.FIN_WAIT2, ages(0, 0, 0, 0, 0),
                        TcpState.ESTABLISHED, ages(45, 41, 30, 12, 1)),
                Tally.of(StaleReason.class)
                        .with(StaleReason.CLOSE_WAIT, 4_175)
                        .with(StaleReason.CLOSED, 3)
                        .done(),
                1,
                4_180,
                0,
                List.of(
                        new PeerSockets(
                                "10.2.3.4:8006",
                                Direction.OUT,
                                Tally.of(TcpState.class)
                                        .with(TcpState.CLOSE_WAIT, 4_180)
                                        .with(TcpState.ESTABLISHED, 1)
                                        .done(),
                                Map.of(TcpState.CLOSE_WAIT, AT.minus(Duration.ofHours(76)))),
                        new PeerSockets(
                                "10.2.7.7:8481",
                                Direction.OUT,
                                Tally.of(TcpState.class)
                                        .with(TcpState.ESTABLISHED, 45)
                                        .done()),
                        new PeerSockets(
                                PeerSockets.OTHER,
                                Direction.IN,
                                Tally.of(TcpState.class)
                                        .with(TcpState.ESTABLISHED, 1)
                                        .done())),
                ages(4_231, 4_225, 4_210, 4_090, 1_312));
        return new ProcessSample(
                RULER,
                "ruler",
                "ruler",
                RULER_POD,
                AT.minus(Duration.ofDays(4)),
                Tier.NODE,
                Outcome.seen(4_251),
                Outcome.seen(new FdKinds(
                        Tally.of(FdKind.class)
                                .with(FdKind.SOCKET, 4_232)
                                .with(FdKind.REGULAR, 12)
                                .with(FdKind.PIPE, 4)
                                .with(FdKind.EVENTPOLL, 1)
                                .with(FdKind.DEVICE, 2)
                                .done(),
                        1)),
                Outcome.seen(new FdLimits(65_535L, 65_535L, 65_535L)),
                Outcome.seen(sockets),
                Outcome.seen(new Idle(1, 2, ages(4_200, 4_199, 4_190, 4_070, 1_311))),
                Outcome.seen(threads(1, 13)),
                Outcome.seen(new Goroutines(
                        Goroutines.Source.NATIVE,
                        64,
                        Map.of("IO wait", 3),
                        List.of(new Goroutines.Site(
                                "example.com/ruler/notify.(*Sender).run notify.go:88",
                                "example.com/ruler.main main.go:31",
                                "IO wait",
                                3,
                                Duration.ofMinutes(190))))));
    }

    private static ProcessSample proxy(ProcessId id, int established) {
        Sockets sockets = new Sockets(
                Tally.of(Protocol.class)
                        .with(Protocol.TCP, established + 2)
                        .with(Protocol.UNIX, 3)
                        .done(),
                Tally.of(TcpState.class)
                        .with(TcpState.ESTABLISHED, established)
                        .with(TcpState.LISTEN, 2)
                        .done(),
                Map.of(
                        TcpState.CLOSE_WAIT, ages(0, 0, 0, 0, 0),
                        TcpState.CLOSED, ages(0, 0, 0, 0, 0),
                        TcpState.FIN_WAIT2, ages(0, 0, 0, 0, 0),
                        TcpState.ESTABLISHED, ages(established, 3, 1, 0, 0)),
                Counts.none(StaleReason.class),
                0,
                0,
                1_448,
                List.of(new PeerSockets(
                        "10.2.9.9",
                        Direction.IN,
                        Tally.of(TcpState.class)
                                .with(TcpState.ESTABLISHED, established)
                                .done())),
                ages(established + 5, 8, 6, 5, 5));
        return new ProcessSample(
                id,
                "nginx",
                "nginx",
                ContainerName.NONE,
                AT.minus(Duration.ofDays(30)),
                Tier.ANY,
                Outcome.seen(established + 15),
                Outcome.seen(new FdKinds(
                        Tally.of(FdKind.class)
                                .with(FdKind.SOCKET, established + 5)
                                .with(FdKind.REGULAR, 7)
                                .with(FdKind.EVENTPOLL, 1)
                                .with(FdKind.EVENTFD, 2)
                                .done(),
                        0)),
                Outcome.seen(new FdLimits(1_024L, null, 1_024L)),
                Outcome.seen(sockets),
                Outcome.denied(Reason.OTHER_NETNS),
                Outcome.seen(threads(0, 1)),
                null);
    }

    private static ProcessSample database() {
        return new ProcessSample(
                DATABASE,
                "postgres",
                "postgres",
                ContainerName.NONE,
                AT.minus(Duration.ofHours(20)),
                Tier.COUNTS,
                Outcome.seen(118),
                Outcome.denied(Reason.PERMISSION),
                Outcome.seen(new FdLimits(1_024L, 1_048_576L, 1_024L)),
                Outcome.denied(Reason.PERMISSION),
                Outcome.denied(Reason.PERMISSION),
                Outcome.seen(threads(0, 1)),
                null);
    }

    private static SocketDetail detail(int n) {
        return new SocketDetail(
                880_000 + n,
                Protocol.TCP,
                TcpState.CLOSE_WAIT,
                "10.2.0.5:" + (40_000 + n),
                "10.2.3.4:8006",
                Direction.OUT,
                AT.minus(Duration.ofHours(76)),
                AT.minus(Duration.ofHours(75)),
                n == 1 ? Duration.ofHours(75) : null,
                "off",
                1,
                0,
                StaleReason.CLOSE_WAIT);
    }

    private static Counts<Age> ages(int s10, int m1, int m10, int h1, int d1) {
        return Counts.of(Age.class, new int[] {s10, m1, m10, h1, d1});
    }

    private static Threads threads(int running, int sleeping) {
        return new Threads(Tally.of(ThreadState.class)
                .with(ThreadState.RUNNING, running)
                .with(ThreadState.SLEEPING, sleeping)
                .done());
    }

    private static Counts<TcpState> table(int sockets) {
        return Tally.of(TcpState.class)
                .with(TcpState.ESTABLISHED, sockets)
                .with(TcpState.TIME_WAIT, 86)
                .with(TcpState.LISTEN, 4)
                .done();
    }
}
