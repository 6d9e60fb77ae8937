package io.fdsentry.metrics;

import io.fdsentry.metrics.Block.Point;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the series of one subject. A value that is not known is not added: absent, never zero.
final class Blocks {
    private final Labels subject;
    private final boolean suspected;
    private final Map<Family, Block> blocks = new EnumMap<>(Family.class);

    /// @param subject the labels all its series carry
    /// @param suspected whether the subject is suspected of a leak: its series are dropped last
    Blocks(Labels subject, boolean suspected) {
        this.subject = subject;
        this.suspected = suspected;
    }

    /// Adds a series.
    ///
    /// @param values of the labels [Family#labels] names, in that order
    void add(Family family, double value, String... values) {
        if (values.length != family.labelCount()) {
            throw new IllegalArgumentException(family + " has " + family.labelCount() + " labels");
        }
        blocks.computeIfAbsent(family, f -> new Block(f, subject, suspected))
                .points()
                .add(new Point(value, List.of(values)));
    }

    /// Adds a series of a whole number; beyond 2^53 it is rounded, as every Prometheus value.
    void add(Family family, long value, String... values) {
        add(family, (double) value, values);
    }

    /// Adds a series that says no more than its labels do.
    void addInfo(Family family, String... values) {
        add(family, 1, values);
    }

    /// Adds a series unless its value is unknown.
    void addKnown(Family family, @Nullable Number value, String... values) {
        if (value != null) {
            add(family, value.doubleValue(), values);
        }
    }

    List<Block> all() {
        return List.copyOf(blocks.values());
    }
}
