package io.fdsentry.detect.trend;

import io.fdsentry.model.LeakState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Plays a made-up count through a series, and notes each change of mind.
final class Play {
    static final double MINUTE = 60;
    static final double HOUR = 3600;
    static final double DAY = 86400;
    private static final double PAGE_BEFORE = 12 * HOUR;

    /// What a sample holds at a time.
    interface Shape {
        void fill(double seconds, Row row);
    }

    final Series series;
    final List<String> changes = new ArrayList<>();
    private final Row row = new Row();
    private final double interval;
    private final double limit;
    private LeakState before = LeakState.NONE;
    private LeakState worst = LeakState.NONE;

    Play(double interval, double limit) {
        this(new Series(PAGE_BEFORE, 1), interval, limit);
    }

    Play(Series series, double interval, double limit) {
        this.series = series;
        this.interval = interval;
        this.limit = limit;
    }

    /// Only the count is known.
    static Shape count(DoubleUnaryOperator value) {
        return (seconds, row) -> row.set(Column.VALUE, Math.rint(value.applyAsDouble(seconds)));
    }

    /// Plays the samples of a stretch of time.
    Play through(double from, double to, Shape shape) {
        for (double t = from; t < to; t += interval) {
            row.clear();
            shape.fill(t, row);
            series.add(t, row, limit);
            note(t);
        }
        return this;
    }

    private void note(double seconds) {
        LeakState now = series.state();
        if (now != before) {
            changes.add("%.2f h %s".formatted(seconds / HOUR, now.label()));
        }
        before = now;
        worst = now.compareTo(worst) > 0 ? now : worst;
    }

    LeakState worst() {
        return worst;
    }

    /// The hour of the first change to that state or a worse one; infinite when there is none.
    double firstHour(LeakState least) {
        return changes.stream()
                .filter(change -> LeakState.valueOf(change.substring(change.lastIndexOf(' ') + 1)
                                        .toUpperCase(java.util.Locale.ROOT))
                                .compareTo(least)
                        >= 0)
                .mapToDouble(change -> Double.parseDouble(change.substring(0, change.indexOf(' '))))
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
