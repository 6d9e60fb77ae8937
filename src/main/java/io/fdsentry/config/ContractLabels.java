package io.fdsentry.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Constant labels of the configuration, and the labels they may not be: those that fdsentry's own series carry,
/// and those that Prometheus sets.
public final class ContractLabels {
    /// Labels of fdsentry's series. One more on a series would make a label twice there and fail the whole scrape.
    public static final Set<String> NAMES = Set.of(
            "target",
            "pid",
            "namespace",
            "pod",
            "container",
            "kind",
            "protocol",
            "state",
            "age",
            "reason",
            "queue",
            "peer",
            "direction",
            "site",
            "source",
            "probe",
            "resource",
            "cause",
            "role",
            "peer_process",
            "netns",
            "le",
            "quantile",
            "version",
            "revision",
            "area",
            "pool",
            "gc");

    private static final Set<String> SET_BY_PROMETHEUS = Set.of("job", "instance");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private ContractLabels() {}

    /// Reads constant labels.
    ///
    /// @param section the mapping of names to values
    /// @param taken names that stand on the same series already
    /// @param takenBy the key that set those
    static Map<String, String> read(Section section, Set<String> taken, String takenBy) {
        Map<String, String> labels = new TreeMap<>();
        section.all().forEach((name, value) -> {
            String wrong = wrongName(name);
            if (!wrong.isEmpty()) {
                section.keyProblem(name, wrong);
            } else if (taken.contains(name)) {
                section.keyProblem(name, "is set in " + takenBy + " already");
            }
            String text = value.read(Forms.TEXT);
            labels.put(name, text == null ? "" : text);
        });
        return labels;
    }

    private static String wrongName(String name) {
        if (NAMES.contains(name)) {
            return "is a label of fdsentry's own series";
        }
        if (SET_BY_PROMETHEUS.contains(name)) {
            return "is a label that Prometheus sets";
        }
        if (!NAME.matcher(name).matches()) {
            return "is not a label name: letters, digits and _, no digit first";
        }
        return name.startsWith("__") ? "labels that begin with __ are Prometheus' own" : "";
    }
}
