package io.fdsentry;

import java.time.Duration;

/// When rounds are due: on a fixed grid, so that they neither drift nor are made up for in a burst after one that
/// took long. Times are readings of the monotonic clock, in nanoseconds.
final class Schedule {
    private final long interval;
    private long due;

    /// @param first when the first round is due
    Schedule(Duration interval, long first) {
        this.interval = interval.toNanos();
        this.due = first;
    }

    /// How long there is until the next round, in nanoseconds; 0 or less when it is due.
    long remaining(long now) {
        return due - now;
    }

    /// Goes on to the first point of the grid after now; those before it are skipped.
    ///
    /// @return how many were skipped
    long advance(long now) {
        long late = Math.max(0, now - due);
        long steps = late / interval + 1;
        due += steps * interval;
        return steps - 1;
    }
}
