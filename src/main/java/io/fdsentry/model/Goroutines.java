package io.fdsentry.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The goroutines of a Go process.
///
/// @param source where they were read
/// @param count all live user goroutines, as `runtime.NumGoroutine` counts
/// @param blocked blocked longer than `detection.blocked_after`, by wait reason
/// @param sites the places where most of those wait, most first
public record Goroutines(Source source, int count, Map<String, Integer> blocked, List<Site> sites) {
    public Goroutines {
        blocked = Map.copyOf(blocked);
        sites = List.copyOf(sites);
    }

    /// Where the figures come from.
    public enum Source {
        /// The target's memory, read from outside.
        NATIVE,
        /// `/debug/pprof/goroutine` of the target.
        PPROF,
        /// The target's own metrics.
        METRICS
    }

    /// A place where goroutines wait.
    ///
    /// @param function first function outside the standard library, with `file:line`
    /// @param createdBy where they were created, empty where unknown
    /// @param reason the runtime's wait reason, such as `sync.RWMutex.RLock`
    /// @param count how many wait there
    /// @param blockedAtLeast lower bound of the longest wait
    public record Site(String function, String createdBy, String reason, int count, Duration blockedAtLeast) {}
}
