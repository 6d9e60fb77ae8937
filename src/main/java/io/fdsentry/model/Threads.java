package io.fdsentry.model;

import org.jspecify.annotations.Nullable;

/// The kernel threads of a process.
///
/// @param states threads by state
/// @param limit how many it could have at most as things stand: the nearest of its cgroup's `pids.max`,
/// RLIMIT_NPROC
/// and
/// `kernel.threads-max`; null where none of them is known to bind
public record Threads(Counts<ThreadState> states, @Nullable Long limit) {
    /// Threads of which no limit is known.
    public Threads(Counts<ThreadState> states) {
        this(states, null);
    }
}
