package io.fdsentry.model;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that one round saw of one process.
///
/// @param id identity beyond pid reuse
/// @param target name of the target it belongs to
/// @param command name of its executable, else its comm; never its arguments
/// @param container where it runs
/// @param startTime when it started
/// @param tier how much of it may be seen
/// @param openFds number of open descriptors
/// @param fdKinds descriptors by kind
/// @param limits RLIMIT_NOFILE
/// @param sockets socket descriptors by protocol and state
/// @param idle what byte times tell
/// @param threads kernel threads
/// @param goroutines goroutines; null where the probe cannot apply
public record ProcessSample(
        ProcessId id,
        String target,
        String command,
        ContainerName container,
        Instant startTime,
        Tier tier,
        Outcome<Integer> openFds,
        Outcome<FdKinds> fdKinds,
        Outcome<FdLimits> limits,
        Outcome<Sockets> sockets,
        Outcome<Idle> idle,
        Outcome<Threads> threads,
        @Nullable Outcome<Goroutines> goroutines) {

    /// The outcome of each probe that applies to this process.
    public Map<Probe, Outcome<?>> probes() {
        Map<Probe, Outcome<?>> probes = new EnumMap<>(Probe.class);
        probes.put(Probe.FDS, openFds);
        probes.put(Probe.FD_KINDS, fdKinds);
        probes.put(Probe.LIMITS, limits);
        probes.put(Probe.SOCKETS, sockets);
        probes.put(Probe.IDLE, idle);
        probes.put(Probe.THREADS, threads);
        if (goroutines != null) {
            probes.put(Probe.GOROUTINES, goroutines);
        }
        return probes;
    }
}
