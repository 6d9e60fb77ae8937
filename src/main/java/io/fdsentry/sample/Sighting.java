package io.fdsentry.sample;

import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import io.fdsentry.netlink.SocketRow;
import io.fdsentry.netlink.SocketTable;
import io.fdsentry.procfs.NetLine;
import org.jspecify.annotations.Nullable;

/// One TCP socket as a table lists it, whatever kind of table; filled again for each row. Addresses are read only when
/// asked for: of a socket that is known they never are.
final class Sighting {
    /// What a row is to the descriptor that has its inode.
    enum Part {
        /// All of it.
        WHOLE,
        /// The socket of an MPTCP connection: its state is that of the descriptor.
        MASTER,
        /// A TCP connection that carries a part of an MPTCP connection.
        SUBFLOW
    }

    long inode;
    TcpState state = TcpState.CLOSED;
    TcpTimer timer = TcpTimer.OFF;
    Part part = Part.WHOLE;
    long receiveQueue;
    long sendQueue;
    /// Whether the kernel says how long ago bytes moved; without, [#idle] is 0.
    boolean timed;
    /// Milliseconds since the last byte went either way, at most since it was established.
    long idle;
    /// Whether [#bytes] is known.
    boolean counted;
    /// Bytes that moved both ways since it was opened.
    long bytes;

    private @Nullable SocketRow row;
    private @Nullable NetLine line;

    /// Takes a row of a sock_diag dump.
    void take(SocketRow next) {
        row = next;
        line = null;
        inode = next.inode();
        state = next.state();
        timer = next.timer();
        part = next.table() == SocketTable.MPTCP ? Part.MASTER : next.isSubflow() ? Part.SUBFLOW : Part.WHOLE;
        receiveQueue = next.receiveQueue();
        sendQueue = next.sendQueue();
        timed = next.hasTimes();
        idle = timed ? Math.min(next.lastSentMillis(), next.lastReceivedMillis()) : 0;
        counted = next.hasBytes();
        bytes = counted ? next.bytes() : 0;
    }

    /// Takes a line of a text table, which tells no times.
    void take(NetLine next) {
        row = null;
        line = next;
        inode = next.inode();
        state = next.state();
        timer = next.timer();
        part = Part.WHOLE;
        receiveQueue = next.receiveQueue();
        sendQueue = next.sendQueue();
        timed = false;
        idle = 0;
        counted = false;
        bytes = 0;
    }

    /// Milliseconds it has at least been established or later, by the kernel's account; 0 where that says nothing.
    long age() {
        return timed && row != null
                ? Math.max(row.lastAckMillis(), Math.max(row.lastSentMillis(), row.lastReceivedMillis()))
                : 0;
    }

    /// How long it has at least been in its state, in milliseconds, by the kernel's account. CLOSE_WAIT and FIN_WAIT2
    /// are entered by a segment of the peer, and each of those acknowledges.
    long stateAtLeast() {
        return switch (state) {
            case ESTABLISHED -> age();
            case CLOSE_WAIT, FIN_WAIT2 -> timed && row != null ? row.lastAckMillis() : 0;
            case SYN_SENT, SYN_RECV, FIN_WAIT1, TIME_WAIT, CLOSED, LAST_ACK, LISTEN, CLOSING -> 0;
        };
    }

    int localPort() {
        return row != null ? row.localPort() : line != null ? line.localPort() : 0;
    }

    /// 0 where it has no peer.
    int peerPort() {
        return row != null ? row.peerPort() : line != null ? line.peerPort() : 0;
    }

    /// First half of the peer's address, as in [io.fdsentry.model.IpAddress].
    long peerHigh() {
        return row != null ? row.peerHigh() : line != null ? line.peerHigh() : 0;
    }

    /// Second half of the peer's address.
    long peerLow() {
        return row != null ? row.peerLow() : line != null ? line.peerLow() : 0;
    }
}
