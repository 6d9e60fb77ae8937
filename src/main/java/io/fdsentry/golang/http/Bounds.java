package io.fdsentry.golang.http;

import java.time.Duration;

/// What an answer may take.
///
/// @param time from the first try to connect to the last byte
/// @param bytes of its body
public record Bounds(Duration time, long bytes) {
    private static final long MEBI = 1 << 20;

    /// For what is asked every minute.
    static final Bounds OFTEN = new Bounds(Duration.ofSeconds(10), 16 * MEBI);
    /// For what is asked once in a while. Go itself ends a list of all stacks at 64 MiB.
    static final Bounds SELDOM = new Bounds(Duration.ofSeconds(30), 65 * MEBI);
}
