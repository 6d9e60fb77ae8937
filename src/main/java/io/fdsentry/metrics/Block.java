package io.fdsentry.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/// The series of one metric about one subject: they are exported together or not at all, so that sums hold.
///
/// @param family the metric
/// @param suspected whether they tell of a process that is suspected of a leak
/// @param points one for each series
record Block(Family family, boolean suspected, List<Point> points) {
    /// One series.
    record Point(Labels labels, double value) {}

    /// A block that is still filled.
    Block(Family family, boolean suspected) {
        this(family, suspected, new ArrayList<>());
    }
}
