package io.fdsentry.cli.inspect;

import io.fdsentry.model.Finding;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Tier;
import java.time.Instant;
import java.util.List;

/// What was seen of some processes, and where the knowledge comes from.
///
/// @param source words that say who looked, such as `the daemon at 127.0.0.1:10177`
/// @param at when this was seen
/// @param processes in no order
/// @param findings the daemon's diagnoses of them; empty for a look of our own
record Look(String source, Instant at, List<ProcessSample> processes, List<Finding> findings) {
    Look {
        processes = List.copyOf(processes);
        findings = List.copyOf(findings);
    }

    /// The diagnoses of one process, worst first.
    List<Finding> findings(ProcessSample process) {
        return findings.stream()
                .filter(finding -> finding.process().pid() == process.id().pid())
                .sorted((a, b) -> b.state().compareTo(a.state()))
                .toList();
    }

    /// How many of the processes are seen in full measure or less.
    long countOf(Tier tier) {
        return processes.stream().filter(process -> process.tier() == tier).count();
    }
}
