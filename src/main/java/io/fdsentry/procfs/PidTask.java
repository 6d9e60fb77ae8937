package io.fdsentry.procfs;

import io.fdsentry.model.Counts;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ThreadState;
import org.jspecify.annotations.Nullable;

/// The threads of a process by state, from `/proc/PID/task/TID/stat`
/// ([proc_pid_task(5)](https://man7.org/linux/man-pages/man5/proc_pid_task.5.html)); readable by everybody.
public final class PidTask {
    /// Up to so many threads each is asked for its state.
    static final int ASKED = 1024;

    private PidTask() {}

    /// Threads by state. Their number is that of the directory. Beyond [#ASKED] only so many are asked, evenly
    /// chosen, and stand for their neighbours: ten thousand threads must not cost a round a tenth of a second.
    public static Outcome<Counts<ThreadState>> read(ProcFs procfs, int pid) {
        return procfs.numbers(pid + "/task").flatMap(threads -> {
            Counts<ThreadState> states = count(procfs, pid, threads);
            return states.total() == 0 ? Outcome.gone() : Outcome.seen(states);
        });
    }

    private static Counts<ThreadState> count(ProcFs procfs, int pid, int[] threads) {
        int[] states = new int[ThreadState.values().length];
        int step = Math.ceilDiv(threads.length, ASKED);
        for (int i = 0; i < threads.length; i += step) {
            ThreadState state = state(procfs, pid, threads[i]);
            if (state != null) {
                states[state.ordinal()] += Math.min(step, threads.length - i);
            }
        }
        return Counts.of(ThreadState.class, states);
    }

    /// Null for a thread that ended since.
    private static @Nullable ThreadState state(ProcFs procfs, int pid, int thread) {
        return procfs.readOnce(pid + "/task/" + thread + "/stat", PidStat::state)
                .map(ThreadState::of)
                .orNull();
    }
}
