package io.fdsentry.procfs;

import io.fdsentry.model.Protocol;
import java.util.List;

/// The sockets of one protocol in the network namespace of a process, as text: `/proc/PID/net/tcp` and its like
/// ([proc_pid_net(5)](https://man7.org/linux/man-pages/man5/proc_pid_net.5.html)). Readable by everybody, from any
/// namespace. There is no file of MPTCP.
public enum NetTable {
    /// Every state, TIME_WAIT and SYN_RECV too (`net/ipv4/tcp_ipv4.c`, `tcp4_seq_show`).
    TCP(Protocol.TCP, "tcp", "tcp6"),
    UDP(Protocol.UDP, "udp", "udp6"),
    UDPLITE(Protocol.UDP, "udplite", "udplite6"),
    /// The local port is the number of the protocol.
    RAW(Protocol.RAW, "raw", "raw6"),
    /// `net/unix/af_unix.c`, `unix_seq_show`.
    UNIX(Protocol.UNIX, 7, "unix"),
    /// `net/netlink/af_netlink.c`, `netlink_native_seq_show`.
    NETLINK(Protocol.NETLINK, 10, "netlink"),
    /// `net/packet/af_packet.c`, `packet_seq_show`.
    PACKET(Protocol.PACKET, 9, "packet");

    private final Protocol protocol;
    private final int inodeColumn;
    private final List<String> files;

    NetTable(Protocol protocol, String... files) {
        this(protocol, 0, files);
    }

    NetTable(Protocol protocol, int inodeColumn, String... files) {
        this.protocol = protocol;
        this.inodeColumn = inodeColumn;
        this.files = List.of(files);
    }

    /// What its sockets count as.
    public Protocol protocol() {
        return protocol;
    }

    /// The file of IPv4, then that of IPv6; one without a family stands alone.
    List<String> files() {
        return files;
    }

    /// Whether its lines have addresses, state, queues and timer.
    boolean isInet() {
        return inodeColumn == 0;
    }

    /// Which word of a line is the inode, counted from 1, where it is not [#isInet].
    int inodeColumn() {
        return inodeColumn;
    }
}
