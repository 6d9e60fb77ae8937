package io.fdsentry.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/// The series of one metric about one subject: they are exported together or not at all, so that sums hold. Their
/// labels are made only once it is known that they are exported.
///
/// @param family the metric
/// @param subject labels all of them carry
/// @param suspected whether they tell of a process that is suspected of a leak
/// @param points one for each series
record Block(Family family, Labels subject, boolean suspected, List<Point> points) {
    /// One series.
    ///
    /// @param values of the labels [Family#labels] names
    record Point(double value, List<String> values) {}

    /// A block that is still filled.
    Block(Family family, Labels subject, boolean suspected) {
        this(family, subject, suspected, new ArrayList<>());
    }

    /// The labels of one of its series, made fit for an exposition.
    Labels labels(Point point) {
        if (point.values().isEmpty()) {
            return subject;
        }
        String[] values = point.values().stream().map(LabelText::of).toArray(String[]::new);
        return subject.merge(family.labels(), values);
    }
}
