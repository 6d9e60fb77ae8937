package io.fdsentry.model;

/// The TCP table of one network namespace, which needs no privilege to read.
///
/// @param netns its identity: the inode of the namespace where it may be read, else of its `net/tcp` file
/// @param tcp sockets by state, those without a descriptor included
public record NetnsSample(String netns, Counts<TcpState> tcp) {}
