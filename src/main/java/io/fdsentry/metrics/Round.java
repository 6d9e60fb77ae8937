package io.fdsentry.metrics;

import io.fdsentry.config.Config;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Board;
import io.fdsentry.model.Probe;
import io.fdsentry.model.Snapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One round and its snapshots, made when first asked for and then kept while there is memory.
final class Round {
    private static final int MISSED = 3;

    /// @param host what stops when rounds are missed
    /// @param round what goes on
    record Rendered(List<MetricSnapshot> host, List<MetricSnapshot> round) {}

    private final Board board;
    private final Config config;
    private @Nullable SoftReference<Rendered> kept;
    private boolean counted;

    Round(Board board, Config config) {
        this.board = board;
        this.config = config;
    }

    Config config() {
        return config;
    }

    /// Whether three rounds that should have followed did not: a stalled sampler must not look flat.
    boolean isOverdue(long monotonicNanos) {
        Snapshot snapshot = board.snapshot();
        long due = MISSED * config.sampling().interval().toNanos()
                + snapshot.took().toNanos();
        return monotonicNanos - snapshot.monotonicNanos() > due;
    }

    /// @param reserved series of `metrics.max_series` that are taken already
    /// @param rounds is told once what had to be left out
    synchronized Rendered rendered(int reserved, Rounds rounds) {
        Rendered before = kept == null ? null : kept.get();
        if (before != null) {
            return before;
        }
        Subjects subjects = new Subjects(board, config);
        List<Block> round = WorldSeries.ofTheRound(board, config, subjects);
        Budget budget = Budget.of(host(subjects), config.metrics().maxSeries() - reserved - round.size());
        if (!counted) {
            rounds.addDropped(budget.dropped());
            counted = true;
        }
        Rendered rendered = new Rendered(Snapshots.of(budget.kept()), Snapshots.of(round));
        kept = new SoftReference<>(rendered);
        return rendered;
    }

    private List<Block> host(Subjects subjects) {
        Map<String, Set<Probe>> required =
                config.targets().stream().collect(Collectors.toMap(TargetConfig::name, TargetConfig::require));
        List<Block> blocks = new ArrayList<>(WorldSeries.ofTheHost(board, config, subjects));
        for (Subject subject : subjects.all()) {
            Blocks out = new Blocks(subject.labels(), subject.isSuspected());
            if (isDetailed() || subject.isSuspected()) {
                new ProcessSeries(subject, out).add();
            } else {
                new ShortList(subject, out)
                        .add(required.getOrDefault(subject.sample().target(), Set.of()));
            }
            blocks.addAll(out.all());
        }
        return blocks;
    }

    private boolean isDetailed() {
        return switch (config.metrics().detail()) {
            case ALL -> true;
            case SUSPECTED -> false;
            case AUTO -> config.namesTargets();
        };
    }
}
