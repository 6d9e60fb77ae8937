package io.fdsentry.procfs;

import io.fdsentry.model.IpAddress;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import java.nio.ByteOrder;

/// One line of a [NetTable], read from its bytes: a window that moves from line to line, so that tens of
/// thousands of sockets make no objects. Tables without addresses have an inode alone; there, all else is of an
/// earlier line.
public final class NetLine {
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int WORD_DIGITS = 8;
    private static final int LAST_STATE = 12;
    private static final int MILLIS_PER_TICK = 10;

    private final TextCursor cursor = new TextCursor();
    private long inode;
    private TcpState state = TcpState.CLOSED;
    private long localHigh;
    private long localLow;
    private int localPort;
    private long peerHigh;
    private long peerLow;
    private int peerPort;
    private long sendQueue;
    private long receiveQueue;
    private TcpTimer timer = TcpTimer.OFF;
    private long timerMillis;
    private long uid;
    private long high;
    private long low;

    NetLine() {}

    /// The inode of its descriptor, 0 where it has none.
    public long inode() {
        return inode;
    }

    /// TCP state; UDP and raw sockets are ESTABLISHED when connected, else CLOSED.
    public TcpState state() {
        return state;
    }

    /// First half of the local address, see [IpAddress].
    public long localHigh() {
        return localHigh;
    }

    /// Second half of the local address, see [IpAddress].
    public long localLow() {
        return localLow;
    }

    public int localPort() {
        return localPort;
    }

    /// First half of the peer's address, see [IpAddress].
    public long peerHigh() {
        return peerHigh;
    }

    /// Second half of the peer's address, see [IpAddress].
    public long peerLow() {
        return peerLow;
    }

    /// 0 where it has no peer.
    public int peerPort() {
        return peerPort;
    }

    /// Bytes written and not acknowledged.
    public long sendQueue() {
        return sendQueue;
    }

    /// Bytes that arrived and were not read; of a listener, connections that nobody has accepted.
    public long receiveQueue() {
        return receiveQueue;
    }

    public TcpTimer timer() {
        return timer;
    }

    /// Milliseconds until the timer goes off, 0 without one.
    public long timerMillis() {
        return timerMillis;
    }

    public long uid() {
        return uid;
    }

    /// Moves to a line.
    ///
    /// @param from its first byte
    /// @param to behind its last
    /// @return whether it is a socket of the table
    boolean moveTo(NetTable table, byte[] bytes, int from, int to) {
        cursor.moveTo(bytes, from, to);
        if (table.isInet()) {
            inet();
        } else {
            inodeIn(table.inodeColumn());
        }
        return cursor.isSound();
    }

    /// `sl: local:port remote:port st tx_queue:rx_queue tr:when retransmits uid timeout inode ...`: in
    /// hexadecimal up to the retransmits, in decimal from there on.
    private void inet() {
        var _ = cursor.decimal();
        cursor.expect(':');
        local();
        peer();
        readState();
        sendQueue = hexadecimal(' ');
        receiveQueue = hexadecimal(':');
        timer = TcpTimer.of((int) hexadecimal(' '));
        timerMillis = hexadecimal(':') * MILLIS_PER_TICK;
        cursor.word();
        uid = cursor.decimal();
        cursor.word();
        inode = cursor.decimal();
        cursor.expect(' ');
    }

    private void inodeIn(int column) {
        for (int i = 1; i < column; i++) {
            cursor.word();
        }
        inode = cursor.decimal();
        if (!cursor.isAtEnd()) {
            cursor.expect(' ');
        }
    }

    private void local() {
        address();
        localHigh = high;
        localLow = low;
        localPort = (int) hexadecimal(':');
    }

    private void peer() {
        address();
        peerHigh = high;
        peerLow = low;
        peerPort = (int) hexadecimal(':');
    }

    /// One word of 32 bits, or four.
    private void address() {
        cursor.blanks();
        long first = word();
        if (cursor.isAt(':')) {
            high = 0;
            low = IpAddress.v4Low((int) first);
        } else {
            high = first << Integer.SIZE | word();
            low = word() << Integer.SIZE | word();
        }
    }

    /// The kernel prints the bytes of an address as if they were a number of its own.
    private long word() {
        int number = (int) cursor.hexadecimal(WORD_DIGITS);
        return Integer.toUnsignedLong(SWAP ? Integer.reverseBytes(number) : number);
    }

    private void readState() {
        long number = hexadecimal(' ');
        if (number < 1 || number > LAST_STATE) {
            cursor.refuse();
        } else {
            state = TcpState.of((int) number);
        }
    }

    private long hexadecimal(char before) {
        cursor.expect(before);
        return cursor.hexadecimal(2 * Long.BYTES);
    }
}
