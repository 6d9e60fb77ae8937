package io.fdsentry.netlink;

/// Layout of the messages of IP sockets. Ports and addresses are in network order, all else in the machine's.
///
///     struct inet_diag_sockid {     // include/uapi/linux/inet_diag.h
///         __be16 idiag_sport;       //  0
///         __be16 idiag_dport;       //  2
///         __be32 idiag_src[4];      //  4
///         __be32 idiag_dst[4];      // 20
///         __u32  idiag_if;          // 36
///         __u32  idiag_cookie[2];   // 40
///     };                            // 48
///
///     struct inet_diag_msg {
///         __u8   idiag_family;      //  0
///         __u8   idiag_state;       //  1
///         __u8   idiag_timer;       //  2
///         __u8   idiag_retrans;     //  3
///         struct inet_diag_sockid id;   //  4
///         __u32  idiag_expires;     // 52, milliseconds
///         __u32  idiag_rqueue;      // 56
///         __u32  idiag_wqueue;      // 60
///         __u32  idiag_uid;         // 64
///         __u32  idiag_inode;       // 68
///     };                            // 72, attributes follow
///
///     struct tcp_info {             // include/uapi/linux/tcp.h, attribute INET_DIAG_INFO of TCP; it grows
///         ...
///         __u32  tcpi_last_data_sent;   //  44, milliseconds ago; retransmissions too
///         __u32  tcpi_last_ack_sent;    //  48, always 0
///         __u32  tcpi_last_data_recv;   //  52
///         __u32  tcpi_last_ack_recv;    //  56
///         ...
///         __u64  tcpi_bytes_acked;      // 120, from Linux 4.1
///         __u64  tcpi_bytes_received;   // 128
///         ...
///     };
///
///     struct mptcp_info {           // include/uapi/linux/mptcp.h, attribute INET_DIAG_INFO of MPTCP; it grows
///         ...
///         __u64  mptcpi_bytes_received; //  64, from Linux 6.5
///         __u64  mptcpi_bytes_acked;    //  72
///         ...
///         __u32  mptcpi_last_data_sent; //  84, milliseconds ago, from Linux 6.10
///         __u32  mptcpi_last_data_recv; //  88
///         __u32  mptcpi_last_ack_recv;  //  92
///     };
///
/// The times are differences of a 32-bit clock of ticks: with 1000 ticks a second they wrap after 49.7 days.
final class InetDiag {
    static final int STATE = 1;
    static final int TIMER = 2;
    static final int LOCAL_PORT = 4;
    static final int PEER_PORT = 6;
    static final int LOCAL_ADDRESS = 8;
    static final int PEER_ADDRESS = 24;
    static final int COOKIE = 44;
    static final int EXPIRES = 52;
    static final int RECEIVE_QUEUE = 56;
    static final int SEND_QUEUE = 60;
    static final int UID = 64;
    static final int INODE = 68;
    static final int MESSAGE_LENGTH = 72;

    /// `INET_DIAG_INFO`.
    static final int ATTRIBUTE_INFO = 2;
    /// `INET_DIAG_ULP_INFO`: nested; its first attribute is the name of the protocol above TCP.
    static final int ATTRIBUTE_ULP = 19;
    /// `INET_ULP_INFO_NAME`.
    static final int ULP_NAME = 1;

    static final int TCP_TIMES = 44;
    static final int TCP_TIMES_LENGTH = 60;
    static final int TCP_BYTES = 120;
    static final int TCP_BYTES_LENGTH = 136;
    static final int MPTCP_TIMES = 84;
    static final int MPTCP_TIMES_LENGTH = 96;
    static final int MPTCP_BYTES = 64;
    static final int MPTCP_BYTES_LENGTH = 80;

    /// Every state of a TCP socket, `1 << number`, 1 to 12. Not 13, which from Linux 6.8 on adds sockets that
    /// are only bound: for us those are in no table, on every kernel.
    static final int ALL_STATES = 0x1ffe;
    /// `TCPF_LISTEN`: with this alone the kernel looks only where the listening ones are.
    static final int LISTEN = 1 << 10;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private InetDiag() {}
}
