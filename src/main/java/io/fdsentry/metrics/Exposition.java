package io.fdsentry.metrics;

import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Self;
import io.fdsentry.model.Board;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The last round for Prometheus. A scrape formats what [#publish] was given last, whatever the number of scrapers; the
/// first one of a round makes its snapshots, the others share them.
public final class Exposition implements MultiCollector {
    /// What the formats append to the name of a metric, by its type.
    private static final List<String> SUFFIXES = List.of("", "_total", "_info", "_bucket", "_count", "_sum");

    private final String version;
    private final LongSupplier monotonicNanos;
    private final Rounds rounds = new Rounds();
    private volatile @Nullable Round last;

    /// @param version of fdsentry, for `fdsentry_build_info`
    /// @param monotonicNanos the clock [io.fdsentry.model.Snapshot#monotonicNanos] is told from
    public Exposition(String version, LongSupplier monotonicNanos) {
        this.version = version;
        this.monotonicNanos = monotonicNanos;
    }

    /// Takes over a new round: to be called once for each.
    ///
    /// @param board what the world is told
    /// @param config the configuration the round was made with
    public void publish(Board board, Config config) {
        rounds.add(board.snapshot());
        last = new Round(board, config);
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(snapshots());
    }

    /// The library takes every metric whose name begins a wanted name; this takes the wanted ones.
    @Override
    public MetricSnapshots collect(Predicate<String> included, @Nullable PrometheusScrapeRequest request) {
        String[] wanted = request == null ? null : request.getParameterValues("name[]");
        Set<String> names = wanted == null ? Set.of() : Set.copyOf(Arrays.asList(wanted));
        return new MetricSnapshots(snapshots().stream()
                .filter(snapshot -> {
                    String name = snapshot.getMetadata().getPrometheusName();
                    return included.test(name)
                            && (names.isEmpty() || SUFFIXES.stream().anyMatch(end -> names.contains(name + end)));
                })
                .toList());
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return Arrays.stream(Family.values()).map(Family::descriptor).toList();
    }

    private List<MetricSnapshot> snapshots() {
        Round round = last;
        Config config = round == null ? Config.DEFAULTS : round.config();
        Labels constant = Subjects.labels(Subjects.constant(config.metrics().labels()));
        Blocks self = self(config, constant);
        rounds.addErrors(self);
        List<MetricSnapshot> all = new ArrayList<>();
        if (round != null) {
            Round.Rendered rendered = round.rendered(series(self), rounds);
            all.addAll(rendered.round());
            if (!round.isOverdue(monotonicNanos.getAsLong())) {
                all.addAll(rendered.host());
            }
        }
        rounds.addDropped(self);
        all.addAll(Snapshots.of(self.all()));
        all.add(rounds.durations(constant));
        if (config.metrics().self() == Self.FULL) {
            all.add(JvmSeries.collections(constant));
        }
        return all;
    }

    private Blocks self(Config config, Labels constant) {
        Blocks out = new Blocks(constant, false);
        out.addInfo(Family.BUILD, version, Runtime.version().toString());
        SelfSeries.add(out);
        if (config.metrics().self() == Self.FULL) {
            JvmSeries.add(out);
        }
        return out;
    }

    private static int series(Blocks self) {
        return Rounds.SERIES
                + JvmSeries.COLLECTIONS
                + self.all().stream().mapToInt(block -> block.points().size()).sum();
    }
}
