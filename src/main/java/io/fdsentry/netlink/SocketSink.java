package io.fdsentry.netlink;

/// Takes the sockets of a dump, one after the other.
public interface SocketSink {
    /// A dump starts, or starts over because the kernel was interrupted: forget what it has told so far.
    void begin();

    /// A socket. Sockets without a descriptor (TIME_WAIT, SYN_RECV, orphans, connections nobody has accepted
    /// yet) have inode 0. A dump is no snapshot: a socket that moves in the table meanwhile may come twice or
    /// not at all.
    ///
    /// @param row valid during this call only, and the same object each time
    void socket(SocketRow row);
}
