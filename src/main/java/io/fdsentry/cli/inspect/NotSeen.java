package io.fdsentry.cli.inspect;

import io.fdsentry.logfmt.Printable;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What could not be seen of some processes, why, and what helps: so that nobody takes silence for health.
final class NotSeen {
    private final Set<Integer> pids = new TreeSet<>();
    private final Set<Probe> probes = EnumSet.noneOf(Probe.class);
    private final Set<String> details = new TreeSet<>();

    private NotSeen() {}

    /// One entry for each reason.
    static void draw(List<ProcessSample> processes, Page page) {
        Map<Reason, NotSeen> byReason = new EnumMap<>(Reason.class);
        for (ProcessSample process : processes) {
            process.probes().forEach((probe, outcome) -> {
                Reason reason = outcome.reason();
                if (reason != null) {
                    byReason.computeIfAbsent(reason, _ -> new NotSeen()).add(process, probe, outcome);
                }
            });
        }
        boolean many = processes.size() > 1;
        byReason.forEach((reason, what) -> {
            page.entry("not seen", what.sentence(reason, many));
            if (reason != Reason.UNSUPPORTED) {
                page.entry("", "remedy: " + reason.remedy());
            }
        });
    }

    private void add(ProcessSample process, Probe probe, Outcome<?> outcome) {
        pids.add(process.id().pid());
        probes.add(probe);
        String detail = detail(outcome);
        if (detail != null) {
            details.add(detail);
        }
    }

    private static @Nullable String detail(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Seen<?> _, Outcome.Gone<?> _, Outcome.Denied<?> _ -> null;
            case Outcome.Unsupported<?>(String what) -> what;
            case Outcome.Failed<?>(String message) -> message;
        };
    }

    private String sentence(Reason reason, boolean many) {
        String what = probes.stream().map(Probe::words).collect(Collectors.joining("; "));
        String whose = many ? " of " + Figures.count(pids.size()) + (pids.size() == 1 ? " process" : " processes") : "";
        String why = details.isEmpty() ? reason.label() : reason.label() + ": " + firstDetail();
        return what + whose + " (" + why + ")";
    }

    private String firstDetail() {
        return Printable.of(details.iterator().next()) + (details.size() > 1 ? ", ..." : "");
    }
}
