package io.fdsentry.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A reply made by hand, message by message, in the byte order of the machine.
final class Reply {
    static final int SEQUENCE = 77;
    static final int PORT = -4711;
    static final int SOCK_DIAG = 20;

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
    private final List<Integer> starts = new ArrayList<>();
    private int message;

    /// Starts a message of the expected sequence and port.
    Reply message(int type) {
        return message(type, 0, SEQUENCE, PORT);
    }

    Reply message(int type, int flags, int sequence, int port) {
        pad();
        message = bytes.position();
        starts.add(message);
        bytes.putInt(0)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(port);
        return length();
    }

    Reply error(int number) {
        bytes.putInt(number);
        return length();
    }

    /// `struct inet_diag_msg` with made-up values that differ from each other.
    Reply inet(int family, int state, byte[] local, byte[] peer) {
        bytes.put((byte) family).put((byte) state).put((byte) 2).put((byte) 0);
        bytes.put(new byte[] {0x1f, (byte) 0x90, (byte) 0xc3, 0x50});
        bytes.put(Arrays.copyOf(local, 16)).put(Arrays.copyOf(peer, 16));
        bytes.putInt(0).putInt(0x89abcdef).putInt(0x01234567);
        bytes.putInt(13_280).putInt(5).putInt(6).putInt(10_001).putInt(-2);
        return length();
    }

    Reply attribute(int type, byte[] value) {
        return attribute(type, value, Nlmsg.ATTRIBUTE_HEADER + value.length);
    }

    /// An attribute that claims a length of its own.
    Reply attribute(int type, byte[] value, int claimed) {
        pad();
        bytes.putShort((short) claimed).putShort((short) type).put(value);
        return length();
    }

    Reply raw(byte[] value) {
        bytes.put(value);
        return length();
    }

    /// Lets the current message claim a length of its own.
    Reply claim(int length) {
        bytes.putInt(message, length);
        return this;
    }

    byte[] datagram() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /// The datagram with the numbers of a request in place of [#SEQUENCE] and [#PORT].
    byte[] addressed(int sequence, int port) {
        byte[] copy = datagram();
        ByteBuffer view = ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
        for (int at : starts) {
            replace(view, at + Nlmsg.SEQUENCE, SEQUENCE, sequence);
            replace(view, at + Nlmsg.PORT, PORT, port);
        }
        return copy;
    }

    private static void replace(ByteBuffer view, int at, int from, int to) {
        if (view.getInt(at) == from) {
            view.putInt(at, to);
        }
    }

    private Reply length() {
        bytes.putInt(message, bytes.position() - message);
        return this;
    }

    private void pad() {
        bytes.position(Nlmsg.align(bytes.position()));
    }

    /// Bytes of a length, with 32-bit values at offsets: `offset, value, offset, value, ...`.
    static byte[] words(int length, int... at) {
        ByteBuffer words = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        for (int i = 0; i < at.length; i += 2) {
            words.putInt(at[i], at[i + 1]);
        }
        return words.array();
    }
}
