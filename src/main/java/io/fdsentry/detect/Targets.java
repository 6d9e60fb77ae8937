package io.fdsentry.detect;

import io.fdsentry.model.TargetPast;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is remembered of targets; bounded, because without a configuration every program is one.
final class Targets {
    static final int MOST = 1_000;
    private static final Duration LONG_AGO = Duration.ofDays(30);

    private final Map<String, NormalPeaks> peaks = new HashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();

    /// What is known of one that has a process now.
    NormalPeaks of(String target, Instant now) {
        seen.put(target, now);
        NormalPeaks known = peaks.computeIfAbsent(target, _ -> new NormalPeaks());
        if (peaks.size() > MOST) {
            forgetOldest();
        }
        return known;
    }

    private void forgetOldest() {
        seen.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .ifPresent(oldest -> {
                    seen.remove(oldest);
                    peaks.remove(oldest);
                });
    }

    /// All that is worth remembering, the latest first.
    List<TargetPast> remember(Instant now) {
        seen.entrySet().removeIf(entry -> entry.getValue().isBefore(now.minus(LONG_AGO)));
        peaks.keySet().retainAll(seen.keySet());
        return peaks.entrySet().stream()
                .map(entry -> entry.getValue().remember(entry.getKey(), seen.getOrDefault(entry.getKey(), now)))
                .filter(past -> !past.resources().isEmpty())
                .sorted(Comparator.comparing(TargetPast::seen).reversed().thenComparing(TargetPast::target))
                .toList();
    }

    /// Takes over what was remembered.
    void recall(List<TargetPast> past) {
        for (TargetPast one : past) {
            if (peaks.size() < MOST || peaks.containsKey(one.target())) {
                seen.merge(one.target(), one.seen(), (a, b) -> a.isAfter(b) ? a : b);
                peaks.computeIfAbsent(one.target(), _ -> new NormalPeaks()).recall(one);
            }
        }
    }
}
