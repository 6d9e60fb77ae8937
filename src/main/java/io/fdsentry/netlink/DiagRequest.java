package io.fdsentry.netlink;

import java.nio.ByteBuffer;

/// Requests for whole tables.
///
///     struct inet_diag_req_v2 {     // include/uapi/linux/inet_diag.h
///         __u8  sdiag_family;       //  0
///         __u8  sdiag_protocol;     //  1
///         __u8  idiag_ext;          //  2, 1 << (attribute - 1)
///         __u8  pad;                //  3, sdiag_raw_protocol in a request for one raw socket; not in a dump
///         __u32 idiag_states;       //  4, 1 << state
///         struct inet_diag_sockid id;   //  8
///     };                            // 56
///
///     struct inet_diag_req {        // the first version, type TCPDIAG_GETSOCK
///         __u8  idiag_family;       //  0, not looked at: it answers both
///         __u8  idiag_src_len;      //  1
///         __u8  idiag_dst_len;      //  2
///         __u8  idiag_ext;          //  3
///         struct inet_diag_sockid id;   //  4
///         __u32 idiag_states;       // 52
///         __u32 idiag_dbs;          // 56
///     };                            // 60
///
///     struct unix_diag_req {        // include/uapi/linux/unix_diag.h
///         __u8  sdiag_family;       //  0
///         __u8  sdiag_protocol;     //  1, 0
///         __u16 pad;                //  2
///         __u32 udiag_states;       //  4
///         __u32 udiag_ino;          //  8
///         __u32 udiag_show;         // 12
///         __u32 udiag_cookie[2];    // 16
///     };                            // 24
///
///     struct netlink_diag_req {     // include/uapi/linux/netlink_diag.h; struct packet_diag_req is alike
///         __u8  sdiag_family;       //  0
///         __u8  sdiag_protocol;     //  1
///         __u16 pad;                //  2
///         __u32 ndiag_ino;          //  4
///         __u32 ndiag_show;         //  8
///         __u32 ndiag_cookie[2];    // 12
///     };                            // 20
///
/// TCP is asked for in the first version, since that answers IPv4 and IPv6 in one walk: a walk goes through the
/// sockets of every network namespace of the host, and takes 3.6 ms where there are 62,000 of them and none is
/// ours.
final class DiagRequest {
    /// Bytes that hold any request.
    static final int CAPACITY = 128;

    private static final int TCPDIAG_GETSOCK = 18;
    private static final int SOCK_DIAG_BY_FAMILY = 20;

    private static final int INET_REQUEST = 56;
    private static final int INET_EXTENSIONS = 2;
    private static final int INET_STATES = 4;
    private static final int OLD_REQUEST = 60;
    private static final int OLD_EXTENSIONS = 3;
    private static final int OLD_STATES = 52;
    private static final int UNIX_REQUEST = 24;
    private static final int UNIX_STATES = 4;
    private static final int PLAIN_REQUEST = 20;
    private static final int PROTOCOL = 1;

    /// `INET_DIAG_REQ_PROTOCOL`: an attribute for protocols whose number is above 255.
    private static final int REQUEST_PROTOCOL = 3;

    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_SCTP = 132;
    private static final int IPPROTO_UDPLITE = 136;
    private static final int IPPROTO_RAW = 255;
    private static final int IPPROTO_MPTCP = 262;

    private DiagRequest() {}

    /// How many requests it takes: two where the kernel wants one for each address family.
    static int parts(SocketTable table) {
        return switch (table) {
            case MPTCP, UDP, UDPLITE, RAW, SCTP -> 2;
            case TCP, LISTENERS, UNIX, NETLINK, PACKET -> 1;
        };
    }

    /// Writes a request at the start of a buffer.
    ///
    /// @param part 0 for IPv4 or where there is one request only, 1 for IPv6
    /// @param port of the socket that sends it
    /// @return its length
    static int write(ByteBuffer to, SocketTable table, int part, Detail detail, int sequence, int port) {
        for (int i = 0; i < CAPACITY; i++) {
            to.put(i, (byte) 0);
        }
        int family = part == 0 ? InetDiag.AF_INET : InetDiag.AF_INET6;
        int length = Nlmsg.HEADER
                + switch (table) {
                    case TCP -> tcp(to, InetDiag.ALL_STATES, detail);
                    case LISTENERS -> tcp(to, InetDiag.LISTEN, detail);
                    case MPTCP -> mptcp(to, family, detail);
                    case UDP -> inet(to, family, IPPROTO_UDP, Detail.STATES);
                    case UDPLITE -> inet(to, family, IPPROTO_UDPLITE, Detail.STATES);
                    case RAW -> inet(to, family, IPPROTO_RAW, Detail.STATES);
                    case SCTP -> inet(to, family, IPPROTO_SCTP, Detail.STATES);
                    case UNIX -> unix(to);
                    case NETLINK -> plain(to, PlainDiag.AF_NETLINK, PlainDiag.NETLINK_ALL_PROTOCOLS);
                    case PACKET -> plain(to, PlainDiag.AF_PACKET, 0);
                };
        to.putInt(Nlmsg.LENGTH, length);
        boolean tcp = table == SocketTable.TCP || table == SocketTable.LISTENERS;
        to.putShort(Nlmsg.TYPE, (short) (tcp ? TCPDIAG_GETSOCK : SOCK_DIAG_BY_FAMILY));
        to.putShort(Nlmsg.FLAGS, (short) (Nlmsg.FLAG_REQUEST | Nlmsg.FLAG_DUMP));
        to.putInt(Nlmsg.SEQUENCE, sequence);
        to.putInt(Nlmsg.PORT, port);
        return length;
    }

    private static int tcp(ByteBuffer to, int states, Detail detail) {
        to.put(Nlmsg.HEADER + OLD_EXTENSIONS, extensions(detail));
        to.putInt(Nlmsg.HEADER + OLD_STATES, states);
        return OLD_REQUEST;
    }

    private static int inet(ByteBuffer to, int family, int protocol, Detail detail) {
        to.put(Nlmsg.HEADER, (byte) family);
        to.put(Nlmsg.HEADER + PROTOCOL, (byte) protocol);
        to.put(Nlmsg.HEADER + INET_EXTENSIONS, extensions(detail));
        to.putInt(Nlmsg.HEADER + INET_STATES, InetDiag.ALL_STATES);
        return INET_REQUEST;
    }

    private static int mptcp(ByteBuffer to, int family, Detail detail) {
        int attribute = inet(to, family, 0, detail);
        int length = Nlmsg.ATTRIBUTE_HEADER + Integer.BYTES;
        to.putShort(Nlmsg.HEADER + attribute, (short) length);
        to.putShort(Nlmsg.HEADER + attribute + Nlmsg.ATTRIBUTE_TYPE, (short) REQUEST_PROTOCOL);
        to.putInt(Nlmsg.HEADER + attribute + Nlmsg.ATTRIBUTE_HEADER, IPPROTO_MPTCP);
        return attribute + length;
    }

    private static int unix(ByteBuffer to) {
        to.put(Nlmsg.HEADER, (byte) PlainDiag.AF_UNIX);
        to.putInt(Nlmsg.HEADER + UNIX_STATES, InetDiag.ALL_STATES);
        return UNIX_REQUEST;
    }

    private static int plain(ByteBuffer to, int family, int protocol) {
        to.put(Nlmsg.HEADER, (byte) family);
        to.put(Nlmsg.HEADER + PROTOCOL, (byte) protocol);
        return PLAIN_REQUEST;
    }

    private static byte extensions(Detail detail) {
        return switch (detail) {
            case STATES -> 0;
            case TIMES -> 1 << InetDiag.ATTRIBUTE_INFO - 1;
        };
    }
}
