package io.fdsentry.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The goroutines of a Go process.
///
/// @param source where they were read
/// @param count all live user goroutines, as `runtime.NumGoroutine` counts
/// @param blocked blocked longer than `detection.blocked_after`, by wait reason
/// @param sites the places where most of those wait, most first
/// @param age how long ago they were read; zero where that was in this round
/// @param instead why a better source was not used, such as `memory: permission`; empty where there is none
public record Goroutines(
        Source source, int count, Map<String, Integer> blocked, List<Site> sites, Duration age, String instead) {
    public Goroutines {
        blocked = Map.copyOf(blocked);
        sites = List.copyOf(sites);
    }

    /// As the first choice of source tells them in this round.
    public Goroutines(Source source, int count, Map<String, Integer> blocked, List<Site> sites) {
        this(source, count, blocked, sites, Duration.ZERO, "");
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
    /// @param blockedAtMost upper bound of the longest wait, null where the runtime has none
    public record Site(
            String function,
            String createdBy,
            String reason,
            int count,
            Duration blockedAtLeast,
            @Nullable Duration blockedAtMost) {
        /// A place without an upper bound.
        public Site(String function, String createdBy, String reason, int count, Duration blockedAtLeast) {
            this(function, createdBy, reason, count, blockedAtLeast, null);
        }
    }
}
