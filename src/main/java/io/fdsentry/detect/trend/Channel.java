package io.fdsentry.detect.trend;

/// What floors are kept of. Most are one column; all but two keep the lowest value of a window.
///
/// Handles are *kept* when they are still there, *unused* when no byte moved on them, *stuck* when the other end
/// has closed. A leaked handle is kept and unused for ever, so these rise together in a leak; in traffic they do
/// not.
enum Channel {
    VALUE(Column.VALUE),
    KEPT_1M(Column.OLDER_1M),
    KEPT_10M(Column.OLDER_10M),
    KEPT_1H(Column.OLDER_1H),
    KEPT_1D(Column.OLDER_1D),
    UNUSED_10M(Column.IDLE_10M),
    UNUSED_1H(Column.IDLE_1H),
    UNUSED_1D(Column.IDLE_1D),
    /// CLOSE_WAIT and dead but held: what one of them loses the other gains, so only the sum has a floor.
    STUCK(Column.CLOSE_WAIT),
    /// The most that was unused at once in a window: a health check that touches every handle now and then brings
    /// the floor of the unused to nothing, never this.
    MOST_UNUSED_10M(Column.IDLE_10M),
    MOST_UNUSED_1H(Column.IDLE_1H),
    /// Pipes, epolls and the like.
    PLUMBING(Column.PLUMBING);

    private final Column column;

    Channel(Column column) {
        this.column = column;
    }

    /// Its value in a sample, NaN where it is not known.
    float read(Row row) {
        double x = row.get(column);
        if (this != STUCK) {
            return (float) x;
        }
        double closed = row.get(Column.CLOSED);
        return (float) (Double.isNaN(x) ? closed : Double.isNaN(closed) ? x : x + closed);
    }

    /// What a window keeps of two of its samples. Unknown once is unknown for the window.
    float keep(float one, float other) {
        return this == MOST_UNUSED_10M || this == MOST_UNUSED_1H ? Math.max(one, other) : Math.min(one, other);
    }
}
