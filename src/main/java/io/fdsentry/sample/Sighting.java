package io.fdsentry.sample;

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

    /// Where a row says its socket's ends are. Read only when asked for: of a socket that is known they never are.
    interface Ends {
        int localPort();

        /// 0 where it has no peer.
        int peerPort();

        /// First half of the peer's address, as in [io.fdsentry.model.IpAddress].
        long peerHigh();

        /// Second half of the peer's address.
        long peerLow();
    }

    long inode;
    TcpState state = TcpState.CLOSED;
    TcpTimer timer = TcpTimer.OFF;
    Part part = Part.WHOLE;
    long receiveQueue;
    long sendQueue;
    /// Whether the kernel says how long ago bytes moved; without, the next three are 0.
    boolean timed;
    /// Milliseconds since data was sent, at first since it was established.
    long sent;
    /// Milliseconds since data arrived, at first since it was established.
    long received;
    /// Milliseconds since the peer acknowledged something.
    long acknowledged;
    /// Whether [#bytes] is known.
    boolean counted;
    /// Bytes that moved both ways since it was opened.
    long bytes;
    /// Its ends.
    Ends ends = new Nowhere();

    /// Takes a row of a sock_diag dump.
    void take(SocketRow row) {
        inode = row.inode();
        state = row.state();
        timer = row.timer();
        part = row.table() == SocketTable.MPTCP ? Part.MASTER : row.isSubflow() ? Part.SUBFLOW : Part.WHOLE;
        receiveQueue = row.receiveQueue();
        sendQueue = row.sendQueue();
        timed = row.hasTimes();
        sent = timed ? row.lastSentMillis() : 0;
        received = timed ? row.lastReceivedMillis() : 0;
        acknowledged = timed ? row.lastAckMillis() : 0;
        counted = row.hasBytes();
        bytes = counted ? row.bytes() : 0;
        if (!(ends instanceof OfRow(SocketRow before) && before == row)) {
            ends = new OfRow(row);
        }
    }

    /// Takes a line of a text table, which tells no times.
    void take(NetLine line) {
        inode = line.inode();
        state = line.state();
        timer = line.timer();
        part = Part.WHOLE;
        receiveQueue = line.receiveQueue();
        sendQueue = line.sendQueue();
        timed = false;
        sent = 0;
        received = 0;
        acknowledged = 0;
        counted = false;
        bytes = 0;
        if (!(ends instanceof OfLine(NetLine before) && before == line)) {
            ends = new OfLine(line);
        }
    }

    /// Milliseconds since the last byte went either way, at most since it was established.
    long idle() {
        return Math.min(sent, received);
    }

    /// Milliseconds it has at least been established or later, by the kernel's account; 0 where that says nothing.
    long age() {
        return Math.max(acknowledged, Math.max(sent, received));
    }

    /// How long it has at least been in its state, in milliseconds, by the kernel's account. CLOSE_WAIT and
    /// FIN_WAIT2 are entered by a segment of the peer, and each of those acknowledges.
    long stateAtLeast() {
        return switch (state) {
            case ESTABLISHED -> age();
            case CLOSE_WAIT, FIN_WAIT2 -> acknowledged;
            case SYN_SENT, SYN_RECV, FIN_WAIT1, TIME_WAIT, CLOSED, LAST_ACK, LISTEN, CLOSING -> 0;
        };
    }

    private record OfRow(SocketRow row) implements Ends {
        @Override
        public int localPort() {
            return row.localPort();
        }

        @Override
        public int peerPort() {
            return row.peerPort();
        }

        @Override
        public long peerHigh() {
            return row.peerHigh();
        }

        @Override
        public long peerLow() {
            return row.peerLow();
        }
    }

    private record OfLine(NetLine line) implements Ends {
        @Override
        public int localPort() {
            return line.localPort();
        }

        @Override
        public int peerPort() {
            return line.peerPort();
        }

        @Override
        public long peerHigh() {
            return line.peerHigh();
        }

        @Override
        public long peerLow() {
            return line.peerLow();
        }
    }

    private record Nowhere() implements Ends {
        @Override
        public int localPort() {
            return 0;
        }

        @Override
        public int peerPort() {
            return 0;
        }

        @Override
        public long peerHigh() {
            return 0;
        }

        @Override
        public long peerLow() {
            return 0;
        }
    }
}
