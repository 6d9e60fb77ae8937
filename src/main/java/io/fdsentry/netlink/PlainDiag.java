package io.fdsentry.netlink;

/// Layout of the messages of sockets without IP addresses; all in the byte order of the machine.
///
///     struct unix_diag_msg {        // include/uapi/linux/unix_diag.h
///         __u8  udiag_family;       //  0
///         __u8  udiag_type;         //  1
///         __u8  udiag_state;        //  2
///         __u8  pad;                //  3
///         __u32 udiag_ino;          //  4
///         __u32 udiag_cookie[2];    //  8
///     };                            // 16
///
///     struct netlink_diag_msg {     // include/uapi/linux/netlink_diag.h
///         __u8  ndiag_family;       //  0
///         __u8  ndiag_type;         //  1
///         __u8  ndiag_protocol;     //  2
///         __u8  ndiag_state;        //  3
///         __u32 ndiag_portid;       //  4
///         __u32 ndiag_dst_portid;   //  8
///         __u32 ndiag_dst_group;    // 12
///         __u32 ndiag_ino;          // 16
///         __u32 ndiag_cookie[2];    // 20
///     };                            // 28
///
///     struct packet_diag_msg {      // include/uapi/linux/packet_diag.h
///         __u8  pdiag_family;       //  0
///         __u8  pdiag_type;         //  1
///         __u16 pdiag_num;          //  2
///         __u32 pdiag_ino;          //  4
///         __u32 pdiag_cookie[2];    //  8
///     };                            // 16
final class PlainDiag {
    static final int UNIX_INODE = 4;
    static final int UNIX_LENGTH = 16;
    static final int NETLINK_INODE = 16;
    static final int NETLINK_LENGTH = 28;
    static final int PACKET_INODE = 4;
    static final int PACKET_LENGTH = 16;

    static final int AF_UNIX = 1;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;

    /// `NDIAG_PROTO_ALL`.
    static final int NETLINK_ALL_PROTOCOLS = 0xff;

    private PlainDiag() {}
}
