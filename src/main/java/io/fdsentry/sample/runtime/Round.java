package io.fdsentry.sample.runtime;

import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/// What is the same for all processes of a round.
///
/// @param number counted from 1
/// @param nanos the monotonic clock
/// @param budget takes processor time, in nanoseconds, if there is some left
/// @param cpu processor time of this thread
public record Round(int number, long nanos, LongPredicate budget, LongSupplier cpu) {}
