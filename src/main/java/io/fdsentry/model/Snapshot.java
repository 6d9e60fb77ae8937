package io.fdsentry.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// All that one round saw; immutable, and the only thing that leaves the sampler.
///
/// @param at wall clock at its start
/// @param monotonicNanos the monotonic clock at its start: intervals between rounds are told from this one
/// @param took how long it took
/// @param processes every watched process, ordered by identity
/// @param targets every configured target in file order, those without a process too
/// @param namespaces the TCP table of every network namespace seen
/// @param errors how often each probe failed this round
/// @param coverage share of the watched processes whose descriptors and sockets are of this round, 0 to 1;
///     below 1 while a scan is spread over rounds to stay within `sampling.budget`
/// @param details every socket of the processes a deeper look was asked for
public record Snapshot(
        Instant at,
        long monotonicNanos,
        Duration took,
        List<ProcessSample> processes,
        List<TargetSample> targets,
        List<NetnsSample> namespaces,
        Map<ProbeError, Integer> errors,
        double coverage,
        Map<ProcessId, List<SocketDetail>> details) {
    public Snapshot {
        processes = List.copyOf(processes);
        targets = List.copyOf(targets);
        namespaces = List.copyOf(namespaces);
        errors = Map.copyOf(errors);
        details = Map.copyOf(details);
    }
}
