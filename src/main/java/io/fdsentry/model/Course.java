package io.fdsentry.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counts of one process over time, oldest first. Immutable.
public interface Course {
    ProcessId id();

    /// Number of points.
    int size();

    /// When the round of a point began, to the second.
    Instant at(int point);

    /// Whether any point knows it.
    boolean knows(Drawn what);

    /// A count; null where it could not be seen.
    @Nullable
    Integer count(Drawn what, int point);
}
