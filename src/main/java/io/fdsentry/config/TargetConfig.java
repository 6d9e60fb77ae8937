package io.fdsentry.config;

import io.fdsentry.model.Probe;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One entry of `targets`.
///
/// @param name unique, `[a-zA-Z0-9_.-]+`
/// @param match all of its conditions must hold
/// @param exclude processes that any of these match are left out
/// @param children whether descendants of a match belong to it too
/// @param goroutines where goroutines are read
/// @param require probes whose loss is an alert
/// @param labels constant labels of its series
/// @param detection the detection keys, overrides applied
public record TargetConfig(
        String name,
        Selector match,
        List<Selector> exclude,
        boolean children,
        GoroutineSource goroutines,
        Set<Probe> require,
        Map<String, String> labels,
        DetectionConfig detection) {
    public TargetConfig {
        exclude = List.copyOf(exclude);
        require = Set.copyOf(require);
        labels = Map.copyOf(labels);
    }
}
