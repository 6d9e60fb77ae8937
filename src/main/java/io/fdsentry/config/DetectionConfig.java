package io.fdsentry.config;

import java.time.Duration;

/// When something is stale, and when a leak is urgent. The durations are as configured; [#scaled] divides them by
/// the time scale.
///
/// @param stuckAfter a CLOSE_WAIT or dead socket this old is stale
/// @param idleAfter an established one without a byte for this long is stale
/// @param blockedAfter a goroutine waiting this long is blocked
/// @param pageBefore confirmed and the limit nearer than this is urgent
/// @param timeScale divides all times above, the detector's windows and what the `age` labels stand for
public record DetectionConfig(
        Duration stuckAfter, Duration idleAfter, Duration blockedAfter, Duration pageBefore, double timeScale) {

    /// What is in force without a file.
    public static final DetectionConfig DEFAULTS = new DetectionConfig(
            Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(12), 1);

    /// A duration divided by the time scale.
    public Duration scaled(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() / timeScale));
    }
}
