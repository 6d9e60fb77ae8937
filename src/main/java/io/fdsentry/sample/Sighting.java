package io.fdsentry.sample;

import io.fdsentry.model.IpAddress;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import io.fdsentry.netlink.SocketRow;
import io.fdsentry.netlink.SocketTable;
import io.fdsentry.procfs.NetLine;

/// One TCP socket as a table lists it, whatever kind of table; filled again for each row.
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
    int localPort;
    int peerPort;
    long peerHigh;
    long peerLow;
    long receiveQueue;
    long sendQueue;
    /// Whether the kernel says how long ago bytes moved; without, the next three are 0.
    boolean timed;
    /// Milliseconds since the last byte went either way, at most since it was established.
    long idle;
    /// Milliseconds it has at least been established or later.
    long age;
    /// Milliseconds since the peer last acknowledged something.
    long acknowledged;
    /// Whether [#bytes] is known.
    boolean counted;
    /// Bytes that moved both ways since it was opened.
    long bytes;

    /// Takes a row of a sock_diag dump.
    void take(SocketRow row) {
        inode = row.inode();
        state = row.state();
        timer = row.timer();
        part = row.table() == SocketTable.MPTCP ? Part.MASTER : row.isSubflow() ? Part.SUBFLOW : Part.WHOLE;
        localPort = row.localPort();
        peerPort = row.peerPort();
        peerHigh = row.peerHigh();
        peerLow = row.peerLow();
        receiveQueue = row.receiveQueue();
        sendQueue = row.sendQueue();
        timed = row.hasTimes();
        acknowledged = timed ? row.lastAckMillis() : 0;
        idle = timed ? Math.min(row.lastSentMillis(), row.lastReceivedMillis()) : 0;
        age = timed ? Math.max(acknowledged, Math.max(row.lastSentMillis(), row.lastReceivedMillis())) : 0;
        counted = row.hasBytes();
        bytes = counted ? row.bytes() : 0;
    }

    /// Takes a line of a text table, which tells no times.
    void take(NetLine line) {
        inode = line.inode();
        state = line.state();
        timer = line.timer();
        part = Part.WHOLE;
        localPort = line.localPort();
        peerPort = line.peerPort();
        peerHigh = line.peerHigh();
        peerLow = line.peerLow();
        receiveQueue = line.receiveQueue();
        sendQueue = line.sendQueue();
        timed = false;
        acknowledged = 0;
        idle = 0;
        age = 0;
        counted = false;
        bytes = 0;
    }

    /// How long it has at least been in its state, in milliseconds, by the kernel's account. CLOSE_WAIT and FIN_WAIT2
    /// are entered by a segment of the peer, and each of those acknowledges.
    long stateAtLeast() {
        return switch (state) {
            case ESTABLISHED -> age;
            case CLOSE_WAIT, FIN_WAIT2 -> acknowledged;
            case SYN_SENT, SYN_RECV, FIN_WAIT1, TIME_WAIT, CLOSED, LAST_ACK, LISTEN, CLOSING -> 0;
        };
    }

    /// Whether it has a peer.
    boolean hasPeer() {
        return peerPort != 0;
    }

    /// The peer's address and port as text; empty where there is none.
    String peer() {
        return hasPeer() ? IpAddress.text(peerHigh, peerLow, peerPort) : "";
    }
}
