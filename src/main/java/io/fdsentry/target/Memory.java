package io.fdsentry.target;

import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.BootTime;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All processes that were there in the last round, each with what is known of it.
final class Memory {
    private static final int INIT = 1;

    private final ProcFs procfs;
    private final ContainerNames names;
    private final InstantSource clock;
    private final Map<Integer, Known> known = new HashMap<>();
    private @Nullable Instant bootTime;
    private int round;

    Memory(ProcFs procfs, ContainerNames names, InstantSource clock) {
        this.procfs = procfs;
        this.names = names;
        this.clock = clock;
    }

    Collection<Known> all() {
        return known.values();
    }

    /// Looks at each process of a listing and forgets those that are not in it.
    Census census(int[] pids) {
        round++;
        bootTime = null;
        List<Known> live = new ArrayList<>();
        List<Integer> hidden = new ArrayList<>();
        Arrays.sort(pids);
        for (int pid : pids) {
            switch (PidStat.read(procfs, pid)) {
                case Outcome.Seen<PidStat>(PidStat stat) -> add(stat, live);
                case Outcome.Gone<PidStat> _ -> {}
                case Outcome.Denied<PidStat> _, Outcome.Unsupported<PidStat> _, Outcome.Failed<PidStat> _ ->
                    hidden.add(pid);
            }
        }
        known.values().removeIf(process -> process.round() != round);
        return new Census(live, hidden, pids, isConcealed(pids));
    }

    private void add(PidStat stat, List<Known> live) {
        if (stat.isKernelThread() || stat.isEnding()) {
            return;
        }
        Known process = known.get(stat.pid());
        if (process == null || process.id().startTicks() != stat.startTicks()) {
            process = new Known(procfs, stat, BootTime.plus(bootTime(), stat.startTicks()), round);
            known.put(stat.pid(), process);
        } else {
            process.seen(stat, round, names);
        }
        live.add(process);
    }

    private Instant bootTime() {
        Instant known = bootTime;
        if (known == null) {
            known = BootTime.read(procfs, clock);
            bootTime = known;
        }
        return known;
    }

    /// With `hidepid` the processes of others are not listed, and the first is nearly always another's.
    private boolean isConcealed(int[] sorted) {
        return procfs.hidesProcesses() && Arrays.binarySearch(sorted, INIT) < 0;
    }
}
