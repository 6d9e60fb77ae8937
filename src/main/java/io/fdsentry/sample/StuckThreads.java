package io.fdsentry.sample;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Threads;
import io.fdsentry.procfs.PidTask;
import io.fdsentry.procfs.ProcFs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The threads of a process that are in one uninterruptible wait round after round. That a thread is in state D at
/// two looks tells nothing, since one who reads from a disk often is; that it did not wait anew in between does.
final class StuckThreads {
    /// Threads that are told apart at most.
    private static final int MOST = 64;

    private Map<Integer, Wait> waits = new HashMap<>();
    private Map<Integer, Wait> waitsNow = new HashMap<>();

    /// @param switches how often the thread had waited
    /// @param since our first sight, in nanoseconds of the monotonic clock
    private record Wait(long switches, long since) {}

    /// A look at the threads begins.
    void begin() {
        waitsNow = new HashMap<>();
    }

    /// A thread is in state D.
    void add(ProcFs procfs, int pid, int thread, long now) {
        if (waitsNow.size() < MOST
                && PidTask.voluntarySwitches(procfs, pid, thread) instanceof Outcome.Seen<Long>(Long switches)) {
            Wait before = waits.get(thread);
            waitsNow.put(thread, isSame(before, switches) ? before : new Wait(switches, now));
        }
    }

    private static boolean isSame(@Nullable Wait before, long switches) {
        return before != null && before.switches() == switches;
    }

    /// The look ends.
    void end() {
        waits = waitsNow;
    }

    /// Those that wait since an earlier round.
    Threads.Stuck stuck(long now) {
        int count = 0;
        long longest = 0;
        for (Wait wait : waits.values()) {
            if (wait.since() < now) {
                count++;
                longest = Math.max(longest, now - wait.since());
            }
        }
        return count == 0 ? Threads.Stuck.NONE : new Threads.Stuck(count, Duration.ofNanos(longest));
    }
}
