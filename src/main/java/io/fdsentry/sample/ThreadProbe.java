package io.fdsentry.sample;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Threads;
import io.fdsentry.procfs.PidCgroup;
import io.fdsentry.procfs.PidLimits;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.PidTask;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.ThreadLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The kernel threads of processes, and how many each could have.
final class ThreadProbe {
    /// Rounds for which a process is taken to stay in its control group and to keep its user.
    private static final int KEPT = 20;

    private final ProcFs procfs;
    private final ThreadLimits limits;
    private int round;

    ThreadProbe(ProcFs procfs, Path rootfs) {
        this.procfs = procfs;
        limits = new ThreadLimits(procfs, rootfs);
    }

    void begin(int number) {
        round = number;
        limits.beginRound();
    }

    /// A process that did not run has threads in the states they were in.
    ///
    /// @param rlimits its resource limits, null where they are not known
    Outcome<Threads> read(Watched process, @Nullable PidLimits rlimits) {
        ThreadMemory memory = process.threads;
        if (!memory.states.isSeen() || !CpuClocks.stoodStill(memory.cpu, process.cpu)) {
            memory.states = PidTask.read(procfs, process.pid());
            memory.cpu = process.cpu;
        }
        if (memory.placeRound == 0 || round - memory.placeRound >= KEPT) {
            memory.placeRound = round;
            memory.cgroup = PidCgroup.read(procfs, process.pid()).orNull();
            PidStatus status = PidStatus.read(procfs, process.pid()).orNull();
            memory.root = status != null && status.uid().real() == 0;
        }
        return memory.states.map(
                states -> new Threads(states, limits.nearest(states.total(), rlimits, memory.root, memory.cgroup)));
    }
}
