package io.fdsentry.procfs;

/// Takes the sockets of a [NetTable], one after the other.
@FunctionalInterface
public interface NetSink {
    /// A socket. Those without a descriptor have inode 0. A table is no snapshot: a socket that moves in it
    /// meanwhile may come twice or not at all.
    ///
    /// @param line valid during this call only, and the same object each time
    void socket(NetLine line);
}
