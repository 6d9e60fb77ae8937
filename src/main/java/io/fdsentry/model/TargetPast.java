package io.fdsentry.model;

import java.time.Instant;
import java.util.Map;

/// What is known of a target beyond the lives of its processes.
///
/// @param target its name
/// @param seen when a process of it was last watched
/// @param resources by resource
public record TargetPast(String target, Instant seen, Map<Resource, Normal> resources) {
    public TargetPast {
        resources = Map.copyOf(resources);
    }

    /// @param peak the most a process held while nothing was suspected of it
    /// @param watchedSeconds for how long one process was watched at most
    /// @param suspectedLives how many processes in a row, up to the last, ended suspected
    public record Normal(double peak, double watchedSeconds, int suspectedLives) {}
}
