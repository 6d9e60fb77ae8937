package io.fdsentry.cli.inspect;

import io.fdsentry.model.Age;
import io.fdsentry.model.Board;
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
import io.fdsentry.model.Outcome;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Processes as a sampler would have seen them at [#AT].
final class Samples {
    static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    private Samples() {}

    /// The rule evaluator of a real incident: bodies of heartbeats to one controller are never closed.
    static ProcessSample leaking() {
        Counts<TcpState> toController = counts(TcpState.class, Map.of(TcpState.CLOSE_WAIT, 4180));
        Counts<TcpState> toStore = counts(TcpState.class, Map.of(TcpState.ESTABLISHED, 50));
        Instant since = AT.minus(Duration.ofHours(76));
        Sockets sockets = new Sockets(
                counts(Protocol.class, Map.of(Protocol.TCP, 4243, Protocol.UNIX, 4)),
                counts(
                        TcpState.class,
                        Map.of(
                                TcpState.CLOSE_WAIT,
                                4180,
                                TcpState.ESTABLISHED,
                                50,
                                TcpState.CLOSED,
                                12,
                                TcpState.LISTEN,
                                1)),
                Map.of(),
                counts(StaleReason.class, Map.of(StaleReason.CLOSE_WAIT, 4179, StaleReason.CLOSED, 12)),
                50,
                12_345,
                0,
                List.of(
                        new PeerSockets(
                                "10.2.3.4:8006", Direction.OUT, toController, Map.of(TcpState.CLOSE_WAIT, since)),
                        new PeerSockets("10.9.9.9:8481", Direction.OUT, toStore)),
                Counts.none(Age.class));
        return new ProcessSample(
                new ProcessId(4711, 100),
                "ruler",
                "rule-evaluator",
                ContainerName.NONE,
                AT.minus(Duration.ofDays(21)),
                Tier.OWN,
                Outcome.seen(4265),
                Outcome.seen(new FdKinds(
                        counts(FdKind.class, Map.of(FdKind.SOCKET, 4247, FdKind.REGULAR, 16, FdKind.EVENTPOLL, 2)), 1)),
                Outcome.seen(new FdLimits(65_535L, 1_048_576L, 65_535L)),
                Outcome.seen(sockets),
                Outcome.seen(new Idle(0, 3, Counts.none(Age.class))),
                Outcome.seen(new Threads(
                        counts(ThreadState.class, Map.of(ThreadState.SLEEPING, 11, ThreadState.RUNNING, 1)))),
                Outcome.seen(new Goroutines(
                        Goroutines.Source.NATIVE,
                        4300,
                        Map.of("IO wait", 4180),
                        List.of(new Goroutines.Site(
                                "main.beat main.go:31", "", "IO wait", 4180, Duration.ofMinutes(4000))))));
    }

    /// A process of another user: only its counts can be seen.
    static ProcessSample hidden(int pid, String name, int open) {
        return new ProcessSample(
                new ProcessId(pid, 7),
                name,
                name,
                ContainerName.NONE,
                AT.minus(Duration.ofMinutes(3)),
                Tier.COUNTS,
                Outcome.seen(open),
                Outcome.denied(Reason.PERMISSION),
                Outcome.seen(new FdLimits(1024L, null, 1024L)),
                Outcome.denied(Reason.PERMISSION),
                Outcome.denied(Reason.PERMISSION),
                Outcome.seen(new Threads(counts(ThreadState.class, Map.of(ThreadState.SLEEPING, 2)))),
                null);
    }

    static Look look(List<Finding> findings, ProcessSample... processes) {
        Snapshot snapshot =
                new Snapshot(AT, 0, Duration.ZERO, List.of(processes), List.of(), List.of(), Map.of(), 1, Map.of());
        ConfigStatus config = new ConfigStatus("none", true, AT, List.of());
        return new Look("test", new Board(snapshot, Map.of(), findings, config), _ -> true);
    }

    static <E extends Enum<E>> Counts<E> counts(Class<E> type, Map<E, Integer> counts) {
        int[] byOrdinal = new int[type.getEnumConstants().length];
        new EnumMap<>(counts).forEach((key, count) -> byOrdinal[key.ordinal()] = count);
        return Counts.of(type, byOrdinal);
    }
}
