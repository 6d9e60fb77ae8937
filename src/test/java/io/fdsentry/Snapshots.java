package io.fdsentry;

import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Rounds as the wiring gets them.
final class Snapshots {
    static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    private Snapshots() {}

    static Snapshot of(List<TargetSample> targets, ProcessSample... processes) {
        return new Snapshot(AT, 0, Duration.ofMillis(7), List.of(processes), targets, List.of(), Map.of(), 1, Map.of());
    }

    static ProcessSample process(int pid, String target, Tier tier, Outcome<Integer> fds) {
        return new ProcessSample(
                new ProcessId(pid, 1),
                target,
                target,
                ContainerName.NONE,
                AT,
                tier,
                fds,
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                null);
    }
}
