package io.fdsentry.model;

import java.util.HashSet;
import java.util.Set;

/// What the next round should look at more closely; carried by the wiring, so that the sampler never sees the
/// detector.
///
/// @param details processes of which every socket is wanted
public record Requests(Set<ProcessId> details) {
    /// Nothing beyond the ordinary.
    public static final Requests NONE = new Requests(Set.of());

    public Requests {
        details = Set.copyOf(details);
    }

    /// What either wants.
    public Requests and(Requests other) {
        if (details.isEmpty()) {
            return other;
        }
        Set<ProcessId> both = new HashSet<>(details);
        both.addAll(other.details);
        return new Requests(both);
    }
}
