package io.fdsentry.model;

/// The kernel threads of a process.
///
/// @param states threads by state
public record Threads(Counts<ThreadState> states) {}
