package io.fdsentry.target;

import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import java.time.Instant;

/// A process that is watched.
///
/// @param id what it is, beyond the reuse of its number
/// @param target what it belongs to; without configured targets one made for all processes of its program
/// @param command name of its executable where that may be read, else its comm; fit to be shown
/// @param container where it runs
/// @param startTime when it started, the same in every round
/// @param stat as read this round
public record TargetProcess(
        ProcessId id, TargetConfig target, String command, ContainerName container, Instant startTime, PidStat stat) {}
