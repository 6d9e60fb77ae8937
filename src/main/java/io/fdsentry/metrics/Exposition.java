package io.fdsentry.metrics;

import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Self;
import io.fdsentry.model.Board;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The last round for Prometheus. A scrape formats what [#publish] was given last, whatever the number of
/// scrapers; the first one of a round makes its snapshots, the others share them.
public final class Exposition implements MultiCollector {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

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

    /// Counts a round that an unexpected error ended.
    public void countFailure() {
        rounds.addFailed();
    }

    /// The last round, in Prometheus' text format.
    public void writeText(OutputStream out) throws IOException {
        FORMATS.getPrometheusTextFormatWriter().write(out, collect());
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(snapshots());
    }

    /// Every metric there may be, so that nobody else registers one of its names.
    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return Arrays.stream(Family.values())
                .map(family -> MetricFamilyDescriptor.of(family.type(), family.metadata()))
                .toList();
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
