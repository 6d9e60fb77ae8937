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

    /// Takes in a thread that was asked.
    @FunctionalInterface
    public interface Visitor {
        /// @param thread its number
        /// @param stat the file, for [ThreadStat]
        /// @param weight how many threads it stands for, itself included
        void visit(int thread, ThreadState state, byte[] stat, int weight);
    }

    /// Threads by state. Their number is that of the directory. Beyond [#ASKED] only so many are asked, evenly
    /// chosen, and stand for their neighbours: ten thousand threads must not cost a round a tenth of a second.
    public static Outcome<Counts<ThreadState>> read(ProcFs procfs, int pid) {
        return read(procfs, pid, (_, _, _, _) -> {});
    }

    /// As the other; the visitor sees each thread that is asked.
    public static Outcome<Counts<ThreadState>> read(ProcFs procfs, int pid, Visitor visitor) {
        return procfs.numbers(pid + "/task").flatMap(threads -> {
            Counts<ThreadState> states = count(procfs, pid, threads, visitor);
            return states.total() == 0 ? Outcome.gone() : Outcome.seen(states);
        });
    }

    private static Counts<ThreadState> count(ProcFs procfs, int pid, int[] threads, Visitor visitor) {
        int[] states = new int[ThreadState.values().length];
        int step = Math.ceilDiv(threads.length, ASKED);
        for (int i = 0; i < threads.length; i += step) {
            byte[] stat = stat(procfs, pid, threads[i]);
            if (stat != null) {
                ThreadState state = ThreadState.of(ThreadStat.state(stat));
                int weight = Math.min(step, threads.length - i);
                states[state.ordinal()] += weight;
                visitor.visit(threads[i], state, stat, weight);
            }
        }
        return Counts.of(ThreadState.class, states);
    }

    /// How often a thread has waited: the same number twice is the same wait. Absent where it may not be read.
    public static Outcome<Long> voluntarySwitches(ProcFs procfs, int pid, int thread) {
        return procfs.readOnce(
                pid + "/task/" + thread + "/status",
                text -> Long.parseLong(ProcText.keyed(text).getOrDefault("voluntary_ctxt_switches", "")));
    }

    /// Null for a thread that ended since.
    private static byte @Nullable [] stat(ProcFs procfs, int pid, int thread) {
        return procfs.readOnce(pid + "/task/" + thread + "/stat", ThreadStat::checked)
                .orNull();
    }
}
