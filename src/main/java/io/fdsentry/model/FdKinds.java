package io.fdsentry.model;

/// The descriptors of a process by kind.
///
/// @param kinds count by kind; a dup counts twice; they sum to the number of open fds
/// @param deleted descriptors of deleted files; they are counted in [FdKind#REGULAR] too
public record FdKinds(Counts<FdKind> kinds, int deleted) {}
