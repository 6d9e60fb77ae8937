package io.fdsentry.model;

import org.jspecify.annotations.Nullable;

/// What is thought of one resource of one process.
///
/// @param resource what
/// @param state how sure
/// @param growthPerSecond robust slope; null while there are too few samples
/// @param secondsToLimit time until the limit at that slope, infinite when not growing; null where there is no
/// limit
public record Verdict(
        Resource resource,
        LeakState state,
        @Nullable Double growthPerSecond,
        @Nullable Double secondsToLimit) {

    /// The same with another state.
    public Verdict as(LeakState other) {
        return new Verdict(resource, other, growthPerSecond, secondsToLimit);
    }
}
