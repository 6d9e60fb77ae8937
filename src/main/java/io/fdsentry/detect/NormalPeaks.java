package io.fdsentry.detect;

import io.fdsentry.model.Resource;
import io.fdsentry.model.TargetPast;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// What the processes of one target were like: the most they held while nothing was suspected of them, which a
/// new one may reach without being remarkable; and how many of the last ones ended suspected.
final class NormalPeaks {
    /// Of less than this nobody can tell what is normal.
    static final Duration LEAST = Duration.ofDays(1);
    /// So many lives in a row that ended suspected make the next one suspected at once.
    static final int LIVES = 3;
    /// A life that was shorter and not suspected tells nothing: there was no time to be.
    private static final Duration SHORT = Duration.ofHours(1);

    private final Map<Resource, Double> peaks = new EnumMap<>(Resource.class);
    private final Map<Resource, Double> watched = new EnumMap<>(Resource.class);
    private final Map<Resource, Integer> suspectedLives = new EnumMap<>(Resource.class);

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

    /// A process ended that was suspected by what itself did.
    void endedSuspected(Resource resource) {
        suspectedLives.merge(resource, 1, Integer::sum);
    }

    /// A process ended, or lives on, of which nothing is suspected.
    ///
    /// @param age seconds for which it was watched
    /// @param timeScale divides the time that is too short to tell
    void wasWell(Resource resource, double age, double timeScale) {
        if (age >= SHORT.toSeconds() / timeScale) {
            suspectedLives.remove(resource);
        }
    }

    /// Whether the last lives all ended suspected.
    boolean isSuspect(Resource resource) {
        return suspectedLives.getOrDefault(resource, 0) >= LIVES;
    }

    /// What there is to remember.
    TargetPast remember(String target, Instant seen) {
        Map<Resource, TargetPast.Normal> resources = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            int lives = suspectedLives.getOrDefault(resource, 0);
            if (peaks.containsKey(resource) || lives > 0) {
                resources.put(
                        resource,
                        new TargetPast.Normal(
                                peaks.getOrDefault(resource, 0.0), watched.getOrDefault(resource, 0.0), lives));
            }
        }
        return new TargetPast(target, seen, resources);
    }

    /// Takes over what was remembered.
    void recall(TargetPast past) {
        past.resources().forEach((resource, normal) -> {
            see(resource, normal.peak(), normal.watchedSeconds());
            if (normal.suspectedLives() > 0) {
                suspectedLives.merge(resource, normal.suspectedLives(), Math::max);
            }
        });
    }
}
