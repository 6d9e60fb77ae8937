package io.fdsentry.sample;

import io.fdsentry.model.Counts;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ThreadState;
import io.fdsentry.procfs.PidCgroup;
import org.jspecify.annotations.Nullable;

/// What is remembered of the threads of a process.
final class ThreadMemory {
    /// Its CPU clock when they were last asked.
    long cpu = CpuClocks.UNKNOWN;
    /// What they answered then.
    Outcome<Counts<ThreadState>> states = Outcome.gone();
    /// What they were called.
    final ThreadNames names = new ThreadNames();
    /// The round in which that was asked; 0 before.
    int namesRound;
    /// Those in uninterruptible waits.
    final StuckThreads stuck = new StuckThreads();
    /// The round in which the rest was read; 0 before.
    int placeRound;
    /// Null where it may not be read.
    @Nullable
    PidCgroup cgroup;
    /// Whether its real uid is 0.
    boolean root;

    /// A JVM calls one of its threads so.
    boolean isJvm() {
        return names.has("VM Thread");
    }
}
