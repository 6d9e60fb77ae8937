package io.fdsentry.metrics;

/// What is dropped first when `metrics.max_series` does not suffice: the last of these.
enum Rank {
    /// About the whole host or about fdsentry itself, and few: never dropped.
    ALWAYS,
    /// What is thought of a process, and what could not be seen of it.
    VERDICT,
    /// The counts a person asks for first.
    COUNT,
    /// What a count is made of.
    PART,
    /// Each peer, each place goroutines wait at, each namespace.
    EACH
}
