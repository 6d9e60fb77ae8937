package io.fdsentry.detect;

import io.fdsentry.model.Resource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// The most that the processes of one target held while nothing was suspected of them: what a new process of the
/// target
/// may reach without being remarkable. Survives the processes, not this program.
final class NormalPeaks {
    /// Of less than this nobody can tell what is normal.
    static final Duration LEAST = Duration.ofDays(1);

    private final Map<Resource, Double> peaks = new EnumMap<>(Resource.class);
    private final Map<Resource, Double> watched = new EnumMap<>(Resource.class);

    /// A value at which nothing was suspected.
    ///
    /// @param age seconds for which the process has been watched
    void see(Resource resource, double value, double age) {
        peaks.merge(resource, value, Math::max);
        watched.merge(resource, age, Math::max);
    }

    /// NaN where it is not known for long enough.
    ///
    /// @param timeScale divides the time that is long enough
    double of(Resource resource, double timeScale) {
        boolean known = watched.getOrDefault(resource, 0.0) >= LEAST.toSeconds() / timeScale;
        return known ? peaks.getOrDefault(resource, Double.NaN) : Double.NaN;
    }
}
