package io.fdsentry.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Clocks that a test sets: they start with the machine's and stand still until they are moved.
final class TestClocks implements InstantSource {
    private Instant wall = Instant.now();
    private long nanos = System.nanoTime();

    /// The monotonic clock.
    long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    /// Time passes.
    void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    /// Somebody sets the clock on the wall; a machine that was suspended looks the same.
    void set(Duration ahead) {
        wall = wall.plus(ahead);
    }
}
