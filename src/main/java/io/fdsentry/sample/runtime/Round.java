package io.fdsentry.sample.runtime;

import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/// What is the same for all processes of a round.
///
/// @param number counted from 1
/// @param nanos the monotonic clock
/// @param budget takes processor time, in nanoseconds, if there is some left
/// @param cpu processor time of this thread
/// @param room how much may be kept of the process that is looked at, in bytes
public record Round(int number, long nanos, LongPredicate budget, LongSupplier cpu, long room) {
    public Round(int number, long nanos, LongPredicate budget, LongSupplier cpu) {
        this(number, nanos, budget, cpu, Long.MAX_VALUE);
    }

    Round withRoom(long bytes) {
        return new Round(number, nanos, budget, cpu, bytes);
    }
}
