package io.fdsentry.metrics;

import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.Threads;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Several processes as if they were one, for `metrics.per: target`: counts are summed, limits the least, the start
/// time and the tier the lowest.
///
/// What could not be seen of one of them is not known of all: a sum over the others would look like a fall.
/// Processes that went away meanwhile do not matter.
final class Together {
    private final int topPeers;

    /// @param topPeers peers that keep a name of their own
    Together(int topPeers) {
        this.topPeers = topPeers;
    }

    /// @param processes of one target, at least one
    ProcessSample of(List<ProcessSample> processes) {
        if (processes.size() == 1) {
            return processes.getFirst();
        }
        List<ProcessSample> stayed = processes.stream().filter(Together::stayed).toList();
        return together(stayed.isEmpty() ? processes : stayed);
    }

    /// Whether it was there from the first look to the last: half a process would spoil the sums.
    private static boolean stayed(ProcessSample process) {
        return process.probes().values().stream().noneMatch(Outcome.Gone.class::isInstance);
    }

    private ProcessSample together(List<ProcessSample> processes) {
        ProcessSample oldest = Collections.min(processes, Comparator.comparing(ProcessSample::startTime));
        return new ProcessSample(
                oldest.id(),
                oldest.target(),
                oldest.command(),
                ContainerName.NONE,
                oldest.startTime(),
                Collections.min(processes.stream().map(ProcessSample::tier).toList()),
                join(processes.stream().map(ProcessSample::openFds), Integer::sum),
                join(processes.stream().map(ProcessSample::fdKinds), Together::kinds),
                join(processes.stream().map(ProcessSample::limits), Together::least),
                join(processes.stream().map(ProcessSample::sockets), this::sockets),
                join(processes.stream().map(ProcessSample::idle), Together::idle),
                join(
                        processes.stream().map(ProcessSample::threads),
                        (a, b) -> new Threads(a.states().plus(b.states()))),
                goroutines(processes));
    }

    private static @Nullable Outcome<Goroutines> goroutines(List<ProcessSample> processes) {
        List<Outcome<Goroutines>> applies = processes.stream()
                .map(ProcessSample::goroutines)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return applies.isEmpty() ? null : join(applies.stream(), Together::goroutines);
    }

    private static <T> Outcome<T> join(Stream<Outcome<T>> outcomes, BinaryOperator<T> plus) {
        return outcomes.reduce((a, b) -> join(a, b, plus)).orElseGet(Outcome::gone);
    }

    private static <T> Outcome<T> join(Outcome<T> a, Outcome<T> b, BinaryOperator<T> plus) {
        return a.flatMap(left -> b.map(right -> plus.apply(left, right)));
    }

    private static FdKinds kinds(FdKinds a, FdKinds b) {
        return new FdKinds(a.kinds().plus(b.kinds()), a.deleted() + b.deleted());
    }

    private static FdLimits least(FdLimits a, FdLimits b) {
        return new FdLimits(least(a.soft(), b.soft()), least(a.hard(), b.hard()), least(a.effective(), b.effective()));
    }

    private static @Nullable Long least(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }

    private Sockets sockets(Sockets a, Sockets b) {
        return new Sockets(
                a.protocols().plus(b.protocols()),
                a.tcp().plus(b.tcp()),
                sum(a.older(), b.older(), Counts::plus),
                a.stale().plus(b.stale()),
                a.withoutKeepalive() + b.withoutKeepalive(),
                a.receiveQueueBytes() + b.receiveQueueBytes(),
                a.sendQueueBytes() + b.sendQueueBytes(),
                Peers.together(a.peers(), b.peers(), topPeers),
                a.firstSeen().plus(b.firstSeen()));
    }

    private static Idle idle(Idle a, Idle b) {
        return new Idle(
                a.halfOpen() + b.halfOpen(), a.idle() + b.idle(), a.atLeast().plus(b.atLeast()));
    }

    private static Goroutines goroutines(Goroutines a, Goroutines b) {
        return new Goroutines(
                a.source(),
                a.count() + b.count(),
                sum(a.blocked(), b.blocked(), Integer::sum),
                Stream.concat(a.sites().stream(), b.sites().stream()).toList());
    }

    private static <K extends Comparable<K>, V> Map<K, V> sum(Map<K, V> a, Map<K, V> b, BinaryOperator<V> plus) {
        return Stream.of(a, b)
                .flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, plus, TreeMap::new));
    }
}
