package io.fdsentry.netlink;

/// How much a dump asks for.
public enum Detail {
    /// What every row has: state, addresses, queues, timer, inode. About four fifths of the cost.
    STATES,
    /// Byte times and counts too, of TCP and MPTCP sockets.
    TIMES
}
