package io.fdsentry.netlink;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.TcpState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;

/// What a dump costs in CPU time of its thread, kernel and Java together. Run it by hand beside many sockets,
/// with and without `-XX:TieredStopAtLevel=1`.
final class SockDiagBench {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private SockDiagBench() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        try (SockDiag diag = Objects.requireNonNull(SockDiag.open().orNull())) {
            for (Detail detail : Detail.values()) {
                for (SocketTable table : SocketTable.values()) {
                    run(diag, table, detail, rounds);
                }
            }
        }
    }

    private static void run(SockDiag diag, SocketTable table, Detail detail, int rounds) {
        long[] nanos = new long[rounds];
        Reads sink = new Reads();
        Outcome<Dump> outcome = Outcome.gone();
        for (int i = 0; i < rounds; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            outcome = diag.dump(table, detail, sink);
            nanos[i] = CLOCK.getCurrentThreadCpuTime() - start;
        }
        long first = nanos[0] / 1000;
        Arrays.sort(nanos);
        System.out.printf(
                "%-8s %-6s %s: first %d us, least %d us, median %d us, %.3f us/socket (sum %x)%n",
                table,
                detail,
                outcome,
                first,
                nanos[0] / 1000,
                nanos[rounds / 2] / 1000,
                nanos[0] / 1000.0 / Math.max(1, sink.sockets),
                sink.sum);
    }

    /// Looks at what a sampler looks at.
    private static final class Reads implements SocketSink {
        int sockets;
        long sum;

        @Override
        public void begin() {
            sockets = 0;
            sum = 0;
        }

        @Override
        public void socket(SocketRow row) {
            sockets++;
            sum += row.inode()
                    + row.state().ordinal()
                    + row.localPort()
                    + row.peerPort()
                    + row.peerHigh()
                    + row.peerLow()
                    + row.timer().ordinal()
                    + row.receiveQueue()
                    + row.sendQueue();
            if (row.state() == TcpState.ESTABLISHED && row.hasTimes()) {
                sum += row.lastSentMillis() + row.lastReceivedMillis() + row.lastAckMillis();
            }
        }
    }
}
