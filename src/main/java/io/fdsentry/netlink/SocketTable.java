package io.fdsentry.netlink;

import io.fdsentry.model.Protocol;

/// What can be dumped: the sockets of one protocol, of IPv4 and IPv6 together, in one network namespace.
public enum SocketTable {
    /// Every state, TIME_WAIT and SYN_RECV too; subflows of MPTCP connections are among them.
    TCP(Protocol.TCP, Layout.INET),
    MPTCP(Protocol.TCP, Layout.INET),
    /// TCP sockets that listen, at a cost of their own number only. One that belongs to an MPTCP socket has its
    /// inode.
    LISTENERS(Protocol.TCP, Layout.INET),
    UDP(Protocol.UDP, Layout.INET),
    UDPLITE(Protocol.UDP, Layout.INET),
    RAW(Protocol.RAW, Layout.INET),
    SCTP(Protocol.OTHER, Layout.INET),
    UNIX(Protocol.UNIX, Layout.UNIX),
    NETLINK(Protocol.NETLINK, Layout.NETLINK),
    PACKET(Protocol.PACKET, Layout.PACKET);

    private final Protocol protocol;
    private final Layout layout;

    SocketTable(Protocol protocol, Layout layout) {
        this.protocol = protocol;
        this.layout = layout;
    }

    /// What its sockets count as.
    public Protocol protocol() {
        return protocol;
    }

    Layout layout() {
        return layout;
    }

    /// Whether its rows carry a TCP state.
    boolean hasTcpStates() {
        return protocol == Protocol.TCP;
    }

    /// The message that each of its rows is.
    enum Layout {
        INET(InetDiag.MESSAGE_LENGTH, InetDiag.INODE),
        UNIX(PlainDiag.UNIX_LENGTH, PlainDiag.UNIX_INODE),
        NETLINK(PlainDiag.NETLINK_LENGTH, PlainDiag.NETLINK_INODE),
        PACKET(PlainDiag.PACKET_LENGTH, PlainDiag.PACKET_INODE);

        private final int length;
        private final int inode;

        Layout(int length, int inode) {
            this.length = length;
            this.inode = inode;
        }

        /// Where the inode is.
        int inode() {
            return inode;
        }

        /// Bytes before the attributes.
        int length() {
            return length;
        }
    }
}
