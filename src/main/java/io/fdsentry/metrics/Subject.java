package io.fdsentry.metrics;

import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Verdict;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/// What one set of series tells of: a process, or with `metrics.per: target` all processes of a target.
///
/// @param labels all its series carry
/// @param sample what was seen, of several processes together
/// @param verdicts what is thought of it, one for each resource
/// @param findings the diagnoses that stand
record Subject(Labels labels, ProcessSample sample, List<Verdict> verdicts, List<Finding> findings) {
    boolean isSuspected() {
        return !findings.isEmpty() || verdicts.stream().anyMatch(v -> v.state() != LeakState.NONE);
    }
}
