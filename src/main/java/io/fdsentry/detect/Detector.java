package io.fdsentry.detect;

import io.fdsentry.config.Config;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetPast;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges live processes, round after round. What it remembers of a process ends with the process, except what was
/// normal for its target, and whether it ended suspected.
///
/// Intervals are told from the monotonic clock of the rounds: a wall clock that is set moves nothing here.
public final class Detector {
    private final Map<ProcessId, Suspect> suspects = new HashMap<>();
    private final Targets targets = new Targets();
    private final Ends ends = new Ends();

    /// Takes a round in.
    public Judgement judge(Snapshot snapshot, Config config) {
        forgetTheGone(snapshot); // first: a new process begins with what its predecessor came to
        Map<String, DetectionConfig> overrides = overrides(config);
        Map<ProcessId, List<Verdict>> verdicts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        Set<ProcessId> closer = new HashSet<>();
        for (ProcessSample process : snapshot.processes()) {
            Suspect suspect =
                    suspect(process, overrides.getOrDefault(process.target(), config.detection()), snapshot.at());
            verdicts.put(process.id(), suspect.judge(process, snapshot));
            findings.addAll(suspect.findings());
            if (suspect.wantsDetails()) {
                closer.add(process.id());
            }
        }
        findings.sort(Findings.WORST_FIRST);
        Ends.Joined joined = ends.join(findings, snapshot);
        Map<ProcessId, Finding> own = new HashMap<>();
        joined.findings().stream()
                .filter(finding -> Ends.isOfConnections(finding.resource()))
                .forEach(finding -> own.put(finding.process(), finding));
        own.values().stream()
                .filter(finding -> finding.role() == Role.HELD)
                .forEach(finding ->
                        verdicts.computeIfPresent(finding.process(), (_, known) -> noWorseThan(finding, known)));
        joined.holderOf().keySet().stream()
                .filter(held -> !own.containsKey(held))
                .forEach(held -> verdicts.computeIfPresent(held, (_, known) -> held(known, told(held, joined))));
        return new Judgement(verdicts, joined.findings(), new Requests(closer));
    }

    /// That requests hang may have been found to be somebody else's.
    private static List<Verdict> noWorseThan(Finding finding, List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> verdict.resource() == finding.resource()
                                && verdict.state().compareTo(finding.state()) > 0
                        ? verdict.as(finding.state())
                        : verdict)
                .toList();
    }

    private static Set<Resource> told(ProcessId process, Ends.Joined joined) {
        return joined.findings().stream()
                .filter(finding -> finding.process().equals(process))
                .map(Finding::resource)
                .collect(Collectors.toSet());
    }

    /// What rises at the held end is shown there, and told of at the holder; so are threads and goroutines that
    /// wait for the connections.
    ///
    /// @param told what has a finding of its own all the same
    private static List<Verdict> held(List<Verdict> verdicts, Set<Resource> told) {
        return verdicts.stream()
                .map(verdict ->
                        !told.contains(verdict.resource()) && verdict.state().compareTo(LeakState.SUSPECTED) > 0
                                ? verdict.as(LeakState.SUSPECTED)
                                : verdict)
                .toList();
    }

    /// One whose thresholds were changed is judged anew: its windows are others.
    private Suspect suspect(ProcessSample process, DetectionConfig detection, Instant now) {
        Suspect known = suspects.get(process.id());
        NormalPeaks normal = targets.of(process.target(), now);
        if (known == null || !known.isJudgedBy(process.target(), detection)) {
            known = new Suspect(process.target(), detection, normal);
            suspects.put(process.id(), known);
        }
        return known;
    }

    /// A round without a single target could not list processes at all, and tells nothing of anybody's end.
    private void forgetTheGone(Snapshot snapshot) {
        if (snapshot.targets().isEmpty() && snapshot.processes().isEmpty()) {
            return;
        }
        Set<ProcessId> present = new HashSet<>();
        snapshot.processes().forEach(process -> present.add(process.id()));
        suspects.entrySet().removeIf(entry -> {
            boolean gone = !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().end();
            }
            return gone;
        });
    }

    /// What is known of targets beyond the lives of their processes, for [#recall] after a restart.
    public List<TargetPast> past(Instant now) {
        return targets.remember(now);
    }

    /// Takes over what an earlier detector knew of targets.
    public void recall(List<TargetPast> past) {
        targets.recall(past);
    }

    private static Map<String, DetectionConfig> overrides(Config config) {
        Map<String, DetectionConfig> overrides = new HashMap<>();
        for (TargetConfig target : config.targets()) {
            overrides.put(target.name(), target.detection());
        }
        return overrides;
    }
}
