package io.fdsentry.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel threads of a process.
///
/// @param states threads by state
/// @param limit how many it could have at most as things stand: the nearest of its cgroup's `pids.max`,
///     RLIMIT_NPROC and `kernel.threads-max`; null where none of them is known to bind
/// @param groups those of like names, most first, and at most a few; what is not in one of them is not listed
/// @param stuck those in one uninterruptible wait from an earlier round to this one
/// @param jvm what a JVM counts itself; null where it is none, or does not tell
public record Threads(
        Counts<ThreadState> states,
        @Nullable Long limit,
        List<Group> groups,
        Stuck stuck,
        @Nullable Jvm jvm) {
    public Threads {
        groups = List.copyOf(groups);
    }

    /// Threads of which no more is known than their states and limit.
    public Threads(Counts<ThreadState> states, @Nullable Long limit) {
        this(states, limit, List.of(), Stuck.NONE, null);
    }

    /// Threads of which no limit is known.
    public Threads(Counts<ThreadState> states) {
        this(states, null);
    }

    /// The same with what a JVM counts.
    public Threads with(@Nullable Jvm counted) {
        return new Threads(states, limit, groups, stuck, counted);
    }

    /// Threads whose names differ in nothing but digits.
    ///
    /// @param name with `#` for each run of digits, such as `pool-#-thread-#`; the kernel keeps 15 bytes of a name
    /// @param count how many
    /// @param oldest how long ago the first of them started
    /// @param newest how long ago the last of them started
    public record Group(String name, int count, Duration oldest, Duration newest) {}

    /// Threads in state D that did not run since an earlier round: they wait for a disk or a server that is gone.
    ///
    /// @param count how many
    /// @param atLeast lower bound of the longest wait
    public record Stuck(int count, Duration atLeast) {
        public static final Stuck NONE = new Stuck(0, Duration.ZERO);
    }

    /// The Java threads of a JVM; virtual ones are not among them.
    ///
    /// @param live now
    /// @param peak the most there were at a time
    /// @param started since it began
    public record Jvm(int live, int peak, long started) {}
}
