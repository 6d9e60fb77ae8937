package io.fdsentry.testing;

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
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rounds as a sampler could make them, hostile names included: everything may be denied or gone, and what was seen
/// adds up.
public final class RandomBoards {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<String> NAMES = List.of(
            "web",
            "db",
            "\u0007",
            "\u0007\u001b[31mred",
            "a\"b\\c\nd",
            "\ud800",
            "\u202egnp.exe",
            "\u00fc".repeat(500));

    private final Random random;

    public RandomBoards(long seed) {
        this.random = new Random(seed);
    }

    public Board next() {
        List<ProcessSample> processes = new ArrayList<>();
        Map<ProcessId, List<Verdict>> verdicts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (int pid = 1; pid <= random.nextInt(12); pid++) {
            ProcessSample process = process(new ProcessId(pid, random.nextInt(1000)));
            processes.add(process);
            verdicts.put(process.id(), verdicts());
            if (random.nextInt(4) == 0) {
                findings.add(finding(process));
                findings.add(finding(process));
            }
        }
        return new Board(snapshot(processes), verdicts, findings, new ConfigStatus("test", true, AT, List.of()));
    }

    private Snapshot snapshot(List<ProcessSample> processes) {
        List<TargetSample> targets = NAMES.stream()
                .map(name -> new TargetSample(name, random.nextInt(9), 0))
                .toList();
        return new Snapshot(
                AT,
                1,
                Duration.ofMillis(random.nextInt(1000)),
                processes,
                targets,
                List.of(new NetnsSample("1", counts(TcpState.class)), new NetnsSample("1", counts(TcpState.class))),
                Map.of(),
                random.nextDouble(),
                Map.of());
    }

    private ProcessSample process(ProcessId id) {
        Sockets sockets = sockets();
        Counts<FdKind> kinds = replaced(
                counts(FdKind.class), FdKind.SOCKET, sockets.protocols().total());
        Outcome<FdKinds> fdKinds = maybe(() -> new FdKinds(kinds, random.nextInt(3)));
        return new ProcessSample(
                id,
                name(),
                name(),
                random.nextBoolean() ? ContainerName.NONE : new ContainerName(name(), name(), name(), "ab"),
                AT.minusSeconds(random.nextInt(100_000)),
                Tier.values()[random.nextInt(4)],
                fdKinds.isSeen() ? Outcome.seen(kinds.total()) : maybe(() -> random.nextInt(99)),
                fdKinds,
                maybe(() -> new FdLimits(limit(), limit(), limit())),
                fdKinds.isSeen() ? maybe(() -> sockets) : Outcome.denied(Reason.PERMISSION),
                maybe(() -> new Idle(random.nextInt(5), random.nextInt(5), counts(Age.class))),
                maybe(() -> new Threads(counts(ThreadState.class))),
                random.nextBoolean() ? null : maybe(this::goroutines));
    }

    private Sockets sockets() {
        Counts<TcpState> tcp = replaced(replaced(counts(TcpState.class), TcpState.TIME_WAIT, 0), TcpState.SYN_RECV, 0);
        Map<TcpState, Counts<Age>> older = new EnumMap<>(TcpState.class);
        older.put(TcpState.CLOSE_WAIT, counts(Age.class));
        List<PeerSockets> peers = new ArrayList<>();
        for (String name : NAMES) {
            for (Direction direction : Direction.values()) {
                Counts<TcpState> states = counts(TcpState.class);
                if (random.nextBoolean() && states.total() > 0) {
                    peers.add(new PeerSockets(name, direction, states));
                }
            }
        }
        return new Sockets(
                replaced(counts(Protocol.class), Protocol.TCP, tcp.total()),
                tcp,
                older,
                replaced(replaced(counts(StaleReason.class), StaleReason.HALF_OPEN, 0), StaleReason.IDLE, 0),
                random.nextInt(9),
                random.nextInt(9),
                random.nextInt(9),
                peers,
                counts(Age.class));
    }

    private Goroutines goroutines() {
        return new Goroutines(
                Goroutines.Source.PPROF,
                random.nextInt(99),
                Map.of(name(), 1, "select", 2),
                List.of(site(), site(), site()));
    }

    private Goroutines.Site site() {
        return new Goroutines.Site(name(), name(), "select", random.nextInt(9), Duration.ofHours(1));
    }

    private List<Verdict> verdicts() {
        return Arrays.stream(Resource.values())
                .filter(resource -> random.nextBoolean())
                .map(resource -> new Verdict(
                        resource,
                        random.nextInt(3) == 0 ? LeakState.values()[random.nextInt(4)] : LeakState.NONE,
                        random.nextBoolean() ? null : random.nextGaussian(),
                        seconds()))
                .toList();
    }

    private @Nullable Double seconds() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Double.POSITIVE_INFINITY;
            default -> random.nextDouble() * 1e6;
        };
    }

    private Finding finding(ProcessSample process) {
        return new Finding(
                "x-" + random.nextInt(),
                process.id(),
                process.target(),
                Resource.SOCKETS,
                LeakState.SUSPECTED,
                Cause.UNKNOWN,
                Role.HELD,
                "",
                "",
                "",
                "",
                AT,
                null,
                null);
    }

    private @Nullable Long limit() {
        return random.nextBoolean() ? null : (long) random.nextInt(70_000);
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private <T> Outcome<T> maybe(Supplier<T> value) {
        return switch (random.nextInt(6)) {
            case 0 -> Outcome.denied(Reason.values()[random.nextInt(Reason.values().length)]);
            case 1 -> random.nextBoolean() ? Outcome.gone() : Outcome.failed("broken");
            default -> Outcome.seen(value.get());
        };
    }

    private <E extends Enum<E>> Counts<E> counts(Class<E> type) {
        int[] counts = new int[type.getEnumConstants().length];
        Arrays.setAll(counts, i -> random.nextInt(3) == 0 ? random.nextInt(500) : 0);
        return Counts.of(type, counts);
    }

    private static <E extends Enum<E>> Counts<E> replaced(Counts<E> counts, E key, int value) {
        int[] plus = new int[key.getDeclaringClass().getEnumConstants().length];
        plus[key.ordinal()] = value - counts.get(key);
        return counts.plus(Counts.of(key.getDeclaringClass(), plus));
    }
}
