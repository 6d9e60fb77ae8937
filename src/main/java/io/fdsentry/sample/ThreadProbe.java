package io.fdsentry.sample;

import io.fdsentry.model.Counts;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import io.fdsentry.procfs.BootTime;
import io.fdsentry.procfs.PidCgroup;
import io.fdsentry.procfs.PidLimits;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.PidTask;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.ThreadLimits;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The kernel threads of processes, and how many each could have.
final class ThreadProbe {
    /// Rounds for which a process is taken to stay in its control group and to keep its user.
    private static final int KEPT = 20;

    /// Rounds after which names are asked again though no thread came or went, and before which they are not.
    private static final int NAMES_KEPT = 20;

    private static final int NAMES_KEPT_AT_LEAST = 4;

    private final ProcFs procfs;
    private final ThreadLimits limits;
    private RoundTime time = new RoundTime(0, Instant.EPOCH, 0);

    ThreadProbe(ProcFs procfs, Path rootfs) {
        this.procfs = procfs;
        limits = new ThreadLimits(procfs, rootfs);
    }

    void begin(RoundTime now) {
        time = now;
        limits.beginRound();
    }

    /// A process that did not run has threads in the states they were in.
    ///
    /// @param rlimits its resource limits, null where they are not known
    Outcome<Threads> read(Watched process, @Nullable PidLimits rlimits) {
        ThreadMemory memory = process.threads;
        if (!memory.states.isSeen() || !CpuClocks.stoodStill(memory.cpu, process.cpu)) {
            look(process.pid(), memory);
            memory.cpu = process.cpu;
        }
        if (memory.placeRound == 0 || time.number() - memory.placeRound >= KEPT) {
            memory.placeRound = time.number();
            memory.cgroup = PidCgroup.read(procfs, process.pid()).orNull();
            PidStatus status = PidStatus.read(procfs, process.pid()).orNull();
            memory.root = status != null && status.uid().real() == 0;
        }
        return memory.states.map(states -> new Threads(
                states,
                limits.nearest(states.total(), rlimits, memory.root, memory.cgroup),
                memory.names.top(boot(process), time.at()),
                memory.stuck.stuck(time.nanos()),
                null));
    }

    private void look(int pid, ThreadMemory memory) {
        boolean names = namesAreDue(memory);
        if (names) {
            memory.namesRound = time.number();
            memory.names.clear();
        }
        memory.stuck.begin();
        memory.states = PidTask.read(procfs, pid, (thread, state, stat, weight) -> {
            if (names) {
                memory.names.add(stat, weight);
            }
            if (state == ThreadState.DISK_SLEEP) {
                memory.stuck.add(procfs, pid, thread, time.nanos());
            }
        });
        memory.stuck.end();
    }

    private boolean namesAreDue(ThreadMemory memory) {
        int old = time.number() - memory.namesRound;
        Counts<ThreadState> states = memory.states.orNull();
        boolean changed = states == null || states.total() != memory.names.threads();
        return memory.namesRound == 0 || old >= NAMES_KEPT || changed && old >= NAMES_KEPT_AT_LEAST;
    }

    /// When the machine was started, by the clock that the start of the process was told by.
    private static Instant boot(Watched process) {
        return BootTime.plus(process.process.startTime(), -process.id().startTicks());
    }
}
