package io.fdsentry.metrics;

import io.fdsentry.model.ProbeError;
import io.fdsentry.model.Snapshot;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.Map;

/// What adds up over rounds, whether anyone scrapes or not: how long they took, and which probes failed; and how
/// many failed as a whole.
final class Rounds {
    private static final double NANOS_A_SECOND = 1e9;
    /// Series of the histogram, and those of what was dropped and what failed.
    static final int SERIES = 18;

    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final Histogram duration = Histogram.builder()
            .name("sample_duration_seconds")
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .build();
    private final Map<ProbeError, Long> errors = new HashMap<>();
    private long dropped;
    private long failed;

    /// Counts a round, once.
    synchronized void add(Snapshot snapshot) {
        duration.observe((double) snapshot.took().toNanos() / NANOS_A_SECOND);
        snapshot.errors().forEach((error, n) -> errors.merge(error, (long) n, Long::sum));
    }

    /// Counts a round of which there is no snapshot.
    synchronized void addFailed() {
        failed++;
    }

    /// Counts series left out of a round.
    synchronized void addDropped(int series) {
        dropped += series;
    }

    synchronized void addErrors(Blocks out) {
        errors.forEach((error, n) -> out.add(
                Family.PROBE_ERRORS, n, error.probe().label(), error.reason().label()));
    }

    synchronized void addDropped(Blocks out) {
        out.add(Family.SERIES_DROPPED, (double) dropped);
        out.add(Family.ROUNDS_FAILED, (double) failed);
    }

    /// The histogram of durations, classic and native, with the constant labels of the configuration in force.
    MetricSnapshot durations(Labels constant) {
        return new HistogramSnapshot(
                Family.SAMPLE_DURATION.metadata(),
                duration.collect().getDataPoints().stream()
                        .map(point -> relabel(point, constant))
                        .toList());
    }

    private static HistogramDataPointSnapshot relabel(HistogramDataPointSnapshot point, Labels labels) {
        return new HistogramDataPointSnapshot(
                point.getClassicBuckets(),
                point.getNativeSchema(),
                point.getNativeZeroCount(),
                point.getNativeZeroThreshold(),
                point.getNativeBucketsForPositiveValues(),
                point.getNativeBucketsForNegativeValues(),
                point.getSum(),
                labels,
                point.getExemplars(),
                0);
    }
}
