package io.fdsentry.config;

import java.time.Duration;

/// Reads `detection`, the one of all targets and the overrides of one.
final class DetectionReader {
    private static final Duration YEARS = Duration.ofDays(3650);
    private static final Form<Duration> AGE = Forms.duration(Duration.ofMillis(1), YEARS);
    private static final Form<Duration> HORIZON = Forms.duration(Duration.ZERO, YEARS);
    private static final Form<Double> SCALE = Forms.positive(1_000_000);

    private DetectionReader() {}

    /// @param inherited in force for keys that are absent
    static DetectionConfig read(Section section, DetectionConfig inherited) {
        return new DetectionConfig(
                section.get("stuck_after", AGE, inherited.stuckAfter()),
                section.get("idle_after", AGE, inherited.idleAfter()),
                section.get("blocked_after", AGE, inherited.blockedAfter()),
                section.get("page_before", HORIZON, inherited.pageBefore()),
                section.get("time_scale", SCALE, inherited.timeScale()));
    }
}
