package io.fdsentry.config;

import java.net.URI;

/// Where the goroutines of a target are read: the key `goroutines`.
public sealed interface GoroutineSource {
    /// The target's memory.
    record Native() implements GoroutineSource {}

    /// The target's memory, then pprof and metrics on the target's own ports.
    record Auto() implements GoroutineSource {}

    /// Nowhere.
    record Off() implements GoroutineSource {}

    /// A pprof endpoint.
    record Pprof(URI url) implements GoroutineSource {}

    /// A metrics endpoint.
    record Metrics(URI url) implements GoroutineSource {}
}
