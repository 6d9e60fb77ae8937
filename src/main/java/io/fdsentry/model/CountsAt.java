package io.fdsentry.model;

import java.time.Instant;
import java.util.Map;

/// The counts of a process in one round.
///
/// @param at when the round began
/// @param counts what was counted; what could not be seen is absent
public record CountsAt(Instant at, Map<Counted, Integer> counts) {
    public CountsAt {
        counts = Map.copyOf(counts);
    }
}
