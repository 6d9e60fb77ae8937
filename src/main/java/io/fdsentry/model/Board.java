package io.fdsentry.model;

import java.util.List;
import java.util.Map;

/// What the world outside is told: the last round, what is thought of it, and the state of the configuration.
/// Immutable.
///
/// @param snapshot the last round
/// @param verdicts by process, one for each resource that is judged
/// @param findings the diagnoses that stand, worst first
/// @param config the configuration in force
public record Board(
        Snapshot snapshot, Map<ProcessId, List<Verdict>> verdicts, List<Finding> findings, ConfigStatus config) {
    public Board {
        verdicts = Map.copyOf(verdicts);
        findings = List.copyOf(findings);
    }
}
