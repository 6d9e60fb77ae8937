package io.fdsentry.sample;

import io.fdsentry.config.DetectionConfig;
import io.fdsentry.model.Age;
import java.util.Arrays;

/// What counts as old, in milliseconds, the time scale applied.
///
/// @param ages by ordinal of [Age], ascending
/// @param stuck a CLOSE_WAIT or dead socket this old is stale
/// @param idle likewise an established one without a byte
record Thresholds(long[] ages, long stuck, long idle) {
    static Thresholds of(DetectionConfig detection) {
        return new Thresholds(
                Arrays.stream(Age.values())
                        .mapToLong(age -> detection.scaled(age.duration()).toMillis())
                        .toArray(),
                detection.scaled(detection.stuckAfter()).toMillis(),
                detection.scaled(detection.idleAfter()).toMillis());
    }

    /// How many of the ages an age has reached.
    int reached(long age) {
        int reached = 0;
        while (reached < ages.length && age >= ages[reached]) {
            reached++;
        }
        return reached;
    }
}
