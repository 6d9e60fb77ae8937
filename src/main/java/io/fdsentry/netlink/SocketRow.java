package io.fdsentry.netlink;

import io.fdsentry.model.IpAddress;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import org.jspecify.annotations.Nullable;

/// One socket of a dump, read in place: a window that moves from message to message, so that tens of thousands of
/// sockets make no objects. Lengths are checked when it moves, so that reading a field cannot fail.
///
/// The methods on addresses, state, timer and queues are meant for the IP tables; for other tables they answer
/// zeros, and [#state()] is CLOSED.
public final class SocketRow {
    private static final int STATES = 12;
    private static final int MPTC = 0x6d707463;
    private static final byte[] NOTHING = new byte[InetDiag.MESSAGE_LENGTH];

    private byte[] bytes = NOTHING;
    private SocketTable table = SocketTable.TCP;
    private long inode;
    private int base;
    private int info;
    private int infoLength;
    private boolean subflow;
    private TcpState state = TcpState.CLOSED;

    SocketRow() {}

    /// Which table it is of.
    public SocketTable table() {
        return table;
    }

    /// The inode of its descriptor, 0 where it has none.
    public long inode() {
        return inode;
    }

    /// TCP state; UDP and raw sockets are ESTABLISHED when connected, else CLOSED.
    public TcpState state() {
        return state;
    }

    public int localPort() {
        return port(InetDiag.LOCAL_PORT);
    }

    /// First half of the local address, see [IpAddress].
    public long localHigh() {
        return high(InetDiag.LOCAL_ADDRESS);
    }

    /// Second half of the local address, see [IpAddress].
    public long localLow() {
        return low(InetDiag.LOCAL_ADDRESS);
    }

    /// 0 where it has no peer.
    public int peerPort() {
        return port(InetDiag.PEER_PORT);
    }

    /// First half of the peer's address, see [IpAddress].
    public long peerHigh() {
        return high(InetDiag.PEER_ADDRESS);
    }

    /// Second half of the peer's address, see [IpAddress].
    public long peerLow() {
        return low(InetDiag.PEER_ADDRESS);
    }

    /// The kernel's number for it, unique until reboot; also for sockets without an inode.
    public long cookie() {
        return u32(InetDiag.COOKIE) | u32(InetDiag.COOKIE + Integer.BYTES) << Integer.SIZE;
    }

    public TcpTimer timer() {
        return TcpTimer.of(Bytes.u8(bytes, base + InetDiag.TIMER));
    }

    /// Milliseconds until the timer goes off, 0 without one.
    public long timerMillis() {
        return u32(InetDiag.EXPIRES);
    }

    /// Bytes that arrived and were not read, and one more once the peer has closed; of a listener, connections
    /// that nobody has accepted; of MPTCP and UDP, the memory they take.
    public long receiveQueue() {
        return u32(InetDiag.RECEIVE_QUEUE);
    }

    /// Bytes written and not acknowledged; of a listener, how many connections may wait.
    public long sendQueue() {
        return u32(InetDiag.SEND_QUEUE);
    }

    public long uid() {
        return u32(InetDiag.UID);
    }

    /// Whether this is a TCP connection that carries a part of an MPTCP connection, whose row tells the true
    /// state.
    public boolean isSubflow() {
        return subflow;
    }

    /// Whether the times below are known: asked for, kept by this kernel, and of a connection that was
    /// established.
    public boolean hasTimes() {
        return infoLength >= (mptcp() ? InetDiag.MPTCP_TIMES_LENGTH : InetDiag.TCP_TIMES_LENGTH) && wasEstablished();
    }

    /// Milliseconds since data was last sent, at first since it was established; retransmissions count.
    public long lastSentMillis() {
        return mptcp() ? info(InetDiag.MPTCP_TIMES) : info(InetDiag.TCP_TIMES);
    }

    /// Milliseconds since data last arrived, at first since it was established.
    public long lastReceivedMillis() {
        return mptcp() ? info(InetDiag.MPTCP_TIMES + 4) : info(InetDiag.TCP_TIMES + 8);
    }

    /// Milliseconds since an acknowledgement last arrived; answers to keepalive probes count.
    public long lastAckMillis() {
        return mptcp() ? info(InetDiag.MPTCP_TIMES + 8) : info(InetDiag.TCP_TIMES + 12);
    }

    /// Whether [#bytes()] is known.
    public boolean hasBytes() {
        return infoLength >= (mptcp() ? InetDiag.MPTCP_BYTES_LENGTH : InetDiag.TCP_BYTES_LENGTH) && wasEstablished();
    }

    /// Bytes that moved over it in both directions since it was opened: received, and acknowledged by the peer.
    /// Grows by one or two at the handshake and the close. Unlike the times it never wraps.
    public long bytes() {
        return receivedBytes() + acknowledgedBytes();
    }

    /// Bytes that arrived since it was opened, the peer's FIN counted as one.
    public long receivedBytes() {
        return Bytes.u64(bytes, info + (mptcp() ? InetDiag.MPTCP_BYTES : InetDiag.TCP_BYTES + Long.BYTES));
    }

    /// Bytes that the peer acknowledged since it was opened, SYN and FIN counted as one each.
    public long acknowledgedBytes() {
        return Bytes.u64(bytes, info + (mptcp() ? InetDiag.MPTCP_BYTES + Long.BYTES : InetDiag.TCP_BYTES));
    }

    /// Moves to another message.
    ///
    /// @param at where its body starts, behind the netlink header
    /// @param length of its body; the caller has checked that the array holds it
    /// @return what is wrong with it, null if nothing is
    @Nullable
    String moveTo(byte[] to, SocketTable of, int at, int length) {
        if (length < of.layout().length()) {
            return "a socket of " + length + " bytes, " + of.layout().length() + " expected";
        }
        table = of;
        infoLength = 0;
        subflow = false;
        return switch (of.layout()) {
            case INET -> moveToInet(to, at, length);
            case UNIX -> plain(Bytes.u32(to, at + PlainDiag.UNIX_INODE));
            case NETLINK -> plain(Bytes.u32(to, at + PlainDiag.NETLINK_INODE));
            case PACKET -> plain(Bytes.u32(to, at + PlainDiag.PACKET_INODE));
        };
    }

    private @Nullable String plain(long number) {
        bytes = NOTHING;
        base = 0;
        inode = number;
        state = TcpState.CLOSED;
        return null;
    }

    private @Nullable String moveToInet(byte[] to, int at, int length) {
        bytes = to;
        base = at;
        inode = u32(InetDiag.INODE);
        int family = Bytes.u8(to, at);
        if (family != InetDiag.AF_INET && family != InetDiag.AF_INET6) {
            return "a socket of address family " + family;
        }
        int number = Bytes.u8(to, at + InetDiag.STATE);
        if (number < 1 || number > STATES) {
            return "a socket in state " + number;
        }
        state = TcpState.of(number);
        return attributes(at + InetDiag.MESSAGE_LENGTH, at + length);
    }

    private @Nullable String attributes(int from, int end) {
        int at = from;
        while (end - at >= Nlmsg.ATTRIBUTE_HEADER) {
            int length = Bytes.u16(bytes, at);
            if (length < Nlmsg.ATTRIBUTE_HEADER || length > end - at) {
                return "an attribute of " + length + " bytes where " + (end - at) + " are left";
            }
            int type = Bytes.u16(bytes, at + Nlmsg.ATTRIBUTE_TYPE) & Nlmsg.ATTRIBUTE_TYPE_MASK;
            if (type == InetDiag.ATTRIBUTE_INFO) {
                info = at + Nlmsg.ATTRIBUTE_HEADER;
                infoLength = length - Nlmsg.ATTRIBUTE_HEADER;
            } else if (type == InetDiag.ATTRIBUTE_ULP) {
                subflow = isMptcp(at + Nlmsg.ATTRIBUTE_HEADER, length - Nlmsg.ATTRIBUTE_HEADER);
            }
            at += Nlmsg.align(length);
        }
        return null;
    }

    /// Whether the attributes of a protocol above TCP start with the name "mptcp", rather than "tls".
    private boolean isMptcp(int at, int length) {
        return length >= Nlmsg.ATTRIBUTE_HEADER + Integer.BYTES
                && Bytes.u16(bytes, at + Nlmsg.ATTRIBUTE_TYPE) == InetDiag.ULP_NAME
                && Bytes.be32(bytes, at + Nlmsg.ATTRIBUTE_HEADER) == MPTC;
    }

    private boolean mptcp() {
        return table == SocketTable.MPTCP;
    }

    private boolean wasEstablished() {
        return switch (state) {
            case ESTABLISHED, FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK, CLOSING -> true;
            case SYN_SENT, SYN_RECV, TIME_WAIT, CLOSED, LISTEN -> false;
        };
    }

    private long info(int offset) {
        return Bytes.u32(bytes, info + offset);
    }

    private long u32(int offset) {
        return Bytes.u32(bytes, base + offset);
    }

    private int port(int offset) {
        return Bytes.be16(bytes, base + offset);
    }

    private long high(int offset) {
        return isV4() ? 0 : Bytes.be64(bytes, base + offset);
    }

    private long low(int offset) {
        return isV4()
                ? IpAddress.v4Low(Bytes.be32(bytes, base + offset))
                : Bytes.be64(bytes, base + offset + Long.BYTES);
    }

    private boolean isV4() {
        return bytes[base] == InetDiag.AF_INET;
    }
}
