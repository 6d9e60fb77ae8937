package io.fdsentry.metrics;

import io.fdsentry.metrics.Block.Point;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Blocks to the Prometheus client's snapshots. Series that became equal when their labels were cut are added up: a
/// duplicate label set would throw and fail the whole scrape.
final class Snapshots {
    private Snapshots() {}

    static List<MetricSnapshot> of(List<Block> blocks) {
        Map<Family, Map<Labels, Double>> families = new EnumMap<>(Family.class);
        for (Block block : blocks) {
            Map<Labels, Double> series = families.computeIfAbsent(block.family(), f -> new LinkedHashMap<>());
            for (Point point : block.points()) {
                series.merge(block.labels(point), point.value(), Double::sum);
            }
        }
        return families.entrySet().stream()
                .map(family -> snapshot(family.getKey(), family.getValue()))
                .toList();
    }

    private static MetricSnapshot snapshot(Family family, Map<Labels, Double> series) {
        return switch (family.type()) {
            case COUNTER ->
                new CounterSnapshot(
                        family.metadata(),
                        series.entrySet().stream()
                                .map(e -> new CounterDataPointSnapshot(e.getValue(), e.getKey(), null, 0))
                                .toList());
            case GAUGE ->
                new GaugeSnapshot(
                        family.metadata(),
                        series.entrySet().stream()
                                .map(e -> new GaugeDataPointSnapshot(e.getValue(), e.getKey(), null))
                                .toList());
            case INFO ->
                new InfoSnapshot(
                        family.metadata(),
                        series.keySet().stream().map(InfoDataPointSnapshot::new).toList());
            case HISTOGRAM, SUMMARY, STATESET, UNKNOWN ->
                throw new IllegalArgumentException(family + " has no plain series");
        };
    }
}
