package io.fdsentry.netlink;

/// The envelope of every netlink message, of requests and replies alike; all in the byte order of the machine.
///
///     struct nlmsghdr {             // include/uapi/linux/netlink.h
///         __u32 nlmsg_len;          //  0, with this header, without padding
///         __u16 nlmsg_type;         //  4
///         __u16 nlmsg_flags;        //  6
///         __u32 nlmsg_seq;          //  8, of the request
///         __u32 nlmsg_pid;          // 12, port of the socket the reply is for
///     };
///
///     struct nlattr {
///         __u16 nla_len;            //  0, with this header, without padding
///         __u16 nla_type;           //  2, the two highest bits are flags
///     };
///
///     struct sockaddr_nl {
///         __kernel_sa_family_t nl_family;   //  0, 16 bits
///         unsigned short       nl_pad;      //  2
///         __u32                nl_pid;      //  4, port
///         __u32                nl_groups;   //  8
///     };
final class Nlmsg {
    static final int LENGTH = 0;
    static final int TYPE = 4;
    static final int FLAGS = 6;
    static final int SEQUENCE = 8;
    static final int PORT = 12;
    static final int HEADER = 16;

    /// `NLMSG_ERROR`: an `int` follows, 0 or a negative error number.
    static final int ERROR = 2;
    /// `NLMSG_DONE`: the end of a dump; an `int` may follow, 0 or a negative error number.
    static final int DONE = 3;
    /// `NLMSG_MIN_TYPE`: lower types are the same in every netlink family; those not named here say nothing to
    /// us.
    static final int FIRST_OF_FAMILY = 16;

    static final int FLAG_REQUEST = 0x1;
    /// `NLM_F_DUMP_INTR`: what is dumped changed meanwhile.
    static final int FLAG_DUMP_INTERRUPTED = 0x10;
    /// `NLM_F_DUMP`, of a request: all, not one.
    static final int FLAG_DUMP = 0x300;

    static final int ATTRIBUTE_HEADER = 4;
    static final int ATTRIBUTE_TYPE = 2;
    static final int ATTRIBUTE_TYPE_MASK = 0x3fff;

    static final int ADDRESS_PORT = 4;
    static final int ADDRESS_LENGTH = 12;

    private Nlmsg() {}

    /// The next multiple of four, where the next message or attribute starts.
    static int align(int length) {
        return length + 3 & ~3;
    }
}
