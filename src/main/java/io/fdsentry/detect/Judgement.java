package io.fdsentry.detect;

import io.fdsentry.model.Finding;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Verdict;
import java.util.List;
import java.util.Map;

/// What is thought after a round.
///
/// @param verdicts by process, one for each resource that is judged
/// @param findings the diagnoses that stand, worst first
/// @param requests what the next round should look at more closely
public record Judgement(Map<ProcessId, List<Verdict>> verdicts, List<Finding> findings, Requests requests) {
    public Judgement {
        verdicts = Map.copyOf(verdicts);
        findings = List.copyOf(findings);
    }
}
