package io.fdsentry.netlink;

import io.fdsentry.model.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads replies made by hand and keeps their sockets as text.
final class Rows implements SocketSink {
    final List<String> seen = new ArrayList<>();
    final DumpReader reader;
    Consumer<SocketRow> look = _ -> {};

    Rows(SocketTable table) {
        reader = new DumpReader(table, this, Reply.PORT);
        reader.expect(Reply.SEQUENCE);
    }

    DumpReader.Step read(Reply reply) {
        return read(reply.datagram());
    }

    DumpReader.Step read(byte[] datagram) {
        return reader.read(datagram, datagram.length);
    }

    @Override
    public void begin() {
        seen.clear();
    }

    @Override
    public void socket(SocketRow row) {
        look.accept(row);
        seen.add(describe(row));
    }

    /// Every field, so that reading any of them may go wrong here.
    static String describe(SocketRow row) {
        StringBuilder text = new StringBuilder();
        text.append(row.table())
                .append(' ')
                .append(row.state())
                .append(' ')
                .append(row.inode())
                .append(' ');
        text.append(IpAddress.text(row.localHigh(), row.localLow(), row.localPort()))
                .append(' ');
        text.append(IpAddress.text(row.peerHigh(), row.peerLow(), row.peerPort()))
                .append(' ');
        text.append(row.timer())
                .append(' ')
                .append(row.timerMillis())
                .append(' ')
                .append(row.cookie())
                .append(' ');
        text.append(row.receiveQueue())
                .append(' ')
                .append(row.sendQueue())
                .append(' ')
                .append(row.uid());
        if (row.hasBytes()) {
            text.append(' ').append(row.bytes());
        }
        if (row.hasTimes()) {
            text.append(' ').append(row.lastSentMillis());
            text.append(' ').append(row.lastReceivedMillis());
            text.append(' ').append(row.lastAckMillis()).append(" times");
        }
        return text.append(row.isSubflow() ? " subflow" : "").toString();
    }

    @Override
    public String toString() {
        return seen.toString();
    }
}
