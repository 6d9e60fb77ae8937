package io.fdsentry.netlink;

import io.fdsentry.model.IpAddress;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import io.fdsentry.testing.Seen;
import java.util.ArrayList;
import java.util.List;

/// A whole dump, kept.
final class Table implements SocketSink {
    final List<Row> rows = new ArrayList<>();
    int begun;

    /// One socket; times and bytes are 0 where they are not known.
    record Row(
            SocketTable table,
            long inode,
            TcpState state,
            String local,
            String peer,
            int localPort,
            int peerPort,
            TcpTimer timer,
            long uid,
            long receiveQueue,
            long sendQueue,
            boolean subflow,
            boolean hasTimes,
            long sent,
            long received,
            long bytes) {}

    static Table dump(SockDiag diag, SocketTable table) {
        Table kept = new Table();
        Dump dump = Seen.of(diag.dump(table, Detail.TIMES, kept));
        if (dump.sockets() != kept.rows.size()) {
            throw new AssertionError(dump + " but " + kept.rows.size() + " rows");
        }
        return kept;
    }

    /// The rows of a connection.
    List<Row> of(int localPort, int peerPort) {
        return rows.stream()
                .filter(row -> row.localPort == localPort && row.peerPort == peerPort)
                .toList();
    }

    /// The rows with an inode.
    List<Row> of(long inode) {
        return rows.stream().filter(row -> row.inode == inode).toList();
    }

    @Override
    public void begin() {
        rows.clear();
        begun++;
    }

    @Override
    public void socket(SocketRow row) {
        rows.add(new Row(
                row.table(),
                row.inode(),
                row.state(),
                IpAddress.text(row.localHigh(), row.localLow(), row.localPort()),
                IpAddress.text(row.peerHigh(), row.peerLow(), row.peerPort()),
                row.localPort(),
                row.peerPort(),
                row.timer(),
                row.uid(),
                row.receiveQueue(),
                row.sendQueue(),
                row.isSubflow(),
                row.hasTimes(),
                row.hasTimes() ? row.lastSentMillis() : 0,
                row.hasTimes() ? row.lastReceivedMillis() : 0,
                row.hasBytes() ? row.bytes() : 0));
    }
}
