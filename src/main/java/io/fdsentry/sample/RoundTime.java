package io.fdsentry.sample;

import java.time.Instant;

/// When a round is: one moment for all of it.
///
/// @param number counted from 1
/// @param at wall clock
/// @param nanos the monotonic clock
record RoundTime(int number, Instant at, long nanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// The monotonic clock in milliseconds.
    long millis() {
        return nanos / NANOS_PER_MILLI;
    }

    /// The wall clock of a time of the monotonic one, by what both show now.
    Instant instant(long millis) {
        return at.minusMillis(millis() - millis);
    }
}
