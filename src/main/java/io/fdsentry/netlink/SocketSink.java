package io.fdsentry.netlink;

/// Takes the sockets of a dump, one after the other.
public interface SocketSink {
    /// A dump starts, or starts over because the kernel was interrupted: forget what it has told so far.
    void begin();

    /// The inodes of the next sockets, before these come one by one: whoever looks them up may do that for all of
    /// them first, which lets the processor wait for many places in memory at once rather than for one after the
    /// other.
    ///
    /// @param inodes the first `count` of them, as 32 bits; may be wrong where a message makes no sense
    default void ahead(int[] inodes, int count) {}

    /// A socket. Sockets without a descriptor (TIME_WAIT, SYN_RECV, orphans, connections nobody has accepted yet)
    /// have inode 0. A dump is no snapshot: a socket that moves in the table meanwhile may come twice or not at
    /// all.
    ///
    /// @param row valid during this call only, and the same object each time
    void socket(SocketRow row);
}
