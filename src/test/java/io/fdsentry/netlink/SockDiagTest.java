package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.Statx;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import io.fdsentry.netlink.Table.Row;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import io.fdsentry.testing.TcpStates;
import io.fdsentry.testing.TcpStates.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SockDiagTest {
    private SockDiag diag;

    @BeforeEach
    void open() {
        diag = Seen.of(SockDiag.open());
    }

    @AfterEach
    void close() {
        diag.close();
    }

    @ParameterizedTest
    @EnumSource(TcpState.class)
    void aSocketIsSeenInTheStateItIsIn(TcpState state) {
        try (TcpStates sockets = TcpStates.v4()) {
            assertSeen(sockets.hold(state), "127.0.0.1:");
        }
    }

    @ParameterizedTest
    @EnumSource(TcpState.class)
    void likewiseOverIpv6(TcpState state) throws IOException {
        Needs.that(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null, "IPv6");
        try (TcpStates sockets = TcpStates.v6()) {
            assertSeen(sockets.hold(state), state == TcpState.SYN_RECV ? "127.0.0.1:" : "[::1]:");
        }
    }

    @ParameterizedTest
    @EnumSource(TcpState.class)
    void likewiseOfSocketsThatSpeakBoth(TcpState state) {
        try (TcpStates sockets = TcpStates.mapped()) {
            assertSeen(sockets.hold(state), "127.0.0.1:");
        }
    }

    private void assertSeen(Subject subject, String address) {
        if (subject.state() == TcpState.CLOSED) {
            Await.until("no table lists it", () -> rows(subject).isEmpty());
            return;
        }
        Row row = Await.value(
                        "one row in " + subject.state(),
                        () -> rows(subject),
                        rows -> rows.size() == 1 && rows.getFirst().state() == subject.state())
                .getFirst();
        assertEquals(address + subject.localPort(), row.local());
        assertTrue(row.peerPort() == 0 || row.peer().equals(address + subject.peerPort()), row.toString());
        assertEquals(subject.state().hasDescriptor(), row.inode() != 0, row.toString());
        assertEquals(hasTimes(subject.state()), row.hasTimes(), row.toString());
        assertFalse(row.subflow());
    }

    private static boolean hasTimes(TcpState state) {
        return state.hasDescriptor() && state != TcpState.SYN_SENT && state != TcpState.LISTEN;
    }

    private List<Row> rows(Subject subject) {
        return Table.dump(diag, SocketTable.TCP).of(subject.localPort(), subject.peerPort());
    }

    @Test
    void aSocketThatIsOnlyBoundIsInNoTable() {
        try (TcpStates sockets = TcpStates.v4()) {
            Subject bound = sockets.holdBound();
            assertEquals(List.of(), rows(bound));
        }
    }

    @Test
    void inodesAreThoseOfOurDescriptors() throws IOException {
        try (TcpStates sockets = TcpStates.v4()) {
            Subject subject = sockets.hold(TcpState.ESTABLISHED);
            Set<Long> inodes = inodesOfThisProcess();
            assertTrue(inodes.contains(rows(subject).getFirst().inode()));
            Table netlink = Table.dump(diag, SocketTable.NETLINK);
            assertTrue(netlink.rows.stream().anyMatch(row -> inodes.contains(row.inode())), "its own socket");
        }
    }

    @Test
    void udpAndUnixSocketsAreSeen(@TempDir Path directory) throws IOException {
        try (DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET);
                ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            udp.bind(new InetSocketAddress("127.0.0.1", 0));
            unix.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
            int port = ((InetSocketAddress) udp.getLocalAddress()).getPort();
            Set<Long> inodes = inodesOfThisProcess();
            Row row = Table.dump(diag, SocketTable.UDP).of(port, 0).getFirst();
            assertTrue(inodes.contains(row.inode()));
            assertEquals(TcpState.CLOSED, row.state());
            assertEquals("127.0.0.1:" + port, row.local());
            assertTrue(
                    Table.dump(diag, SocketTable.UNIX).rows.stream().anyMatch(each -> inodes.contains(each.inode())));
        }
    }

    @ParameterizedTest
    @EnumSource(SocketTable.class)
    void everyTableIsSeenOrNotSupported(SocketTable table) {
        Outcome<Dump> outcome = diag.dump(table, Detail.TIMES, new Table());
        assertTrue(
                outcome instanceof Outcome.Seen<Dump> || outcome instanceof Outcome.Unsupported<Dump>,
                outcome::toString);
    }

    @Test
    void aByteThatMovesSetsTheTimesBackAndCounts() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                    SocketChannel server = listener.accept()) {
                int port = ((InetSocketAddress) client.getLocalAddress()).getPort();
                Row idle = Await.value("idle", () -> row(port), row -> row.sent() >= 100 && row.received() >= 100);
                // A loaded machine may take longer between the write and the look than the connection was idle before.
                Row after = Await.value(
                        "a time set back",
                        () -> {
                            var _ = client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
                            return row(port);
                        },
                        row -> row.sent() < idle.sent());
                Await.until("five bytes", () -> row(port).bytes() >= idle.bytes() + 5);
                assertEquals(TcpTimer.OFF, after.timer());
                client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                assertEquals(TcpTimer.KEEPALIVE, row(port).timer());
                assertEquals(server.socket().getPort(), port);
            }
        }
    }

    private Row row(int port) {
        return Table.dump(diag, SocketTable.TCP).rows.stream()
                .filter(row -> row.localPort() == port)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutDetailThereAreStatesAndNoTimes() {
        try (TcpStates sockets = TcpStates.v4()) {
            Subject subject = sockets.hold(TcpState.ESTABLISHED);
            Table table = new Table();
            var _ = Seen.of(diag.dump(SocketTable.TCP, Detail.STATES, table));
            Row row = table.of(subject.localPort(), subject.peerPort()).getFirst();
            assertEquals(TcpState.ESTABLISHED, row.state());
            assertFalse(row.hasTimes());
        }
    }

    @Test
    void aBufferThatIsTooSmallGrows() {
        try (TcpStates sockets = TcpStates.v4();
                SockDiag small = Seen.of(SockDiag.open(64))) {
            Subject subject = sockets.hold(TcpState.CLOSE_WAIT);
            Table table = Table.dump(small, SocketTable.TCP);
            assertNotEquals(1, table.begun, "it had to start over");
            assertEquals(1, table.of(subject.localPort(), subject.peerPort()).size());
        }
    }

    @Test
    void aDumpThatWasGivenUpDoesNotDisturbTheNext() {
        try (TcpStates sockets = TcpStates.v4()) {
            Subject subject = sockets.hold(TcpState.ESTABLISHED);
            for (int i = 0; i < 100; i++) {
                sockets.hold(TcpState.ESTABLISHED);
            }
            SocketSink broken = new SocketSink() {
                @Override
                public void begin() {}

                @Override
                public void socket(SocketRow row) {
                    throw new IllegalStateException("the sink is broken");
                }
            };
            assertThrows(IllegalStateException.class, () -> diag.dump(SocketTable.TCP, Detail.TIMES, broken));
            Table table = Table.dump(diag, SocketTable.TCP);
            assertEquals(1, table.begun);
            assertEquals(1, table.of(subject.localPort(), subject.peerPort()).size());
        }
    }

    @Test
    void oneThatIsClosedIsNotUsedAgain() {
        diag.close();
        diag.close();
        assertThrows(IllegalStateException.class, () -> diag.dump(SocketTable.TCP, Detail.STATES, new Table()));
    }

    @Test
    void whatTheKernelRefusesIsToldApart() {
        assertInstanceOf(Outcome.Denied.class, Pass.refused(1).outcome(SocketTable.TCP));
        assertInstanceOf(Outcome.Unsupported.class, Pass.refused(2).outcome(SocketTable.MPTCP));
        assertEquals(
                Outcome.failed("dump of TCP: EINVAL (Invalid argument)"),
                Pass.refused(22).outcome(SocketTable.TCP));
        assertEquals(
                Outcome.failed("dump of UDP: EBUSY (Device or resource busy), at every attempt"),
                Pass.refused(16).outcome(SocketTable.UDP));
        assertEquals(Outcome.seen(new Dump(3, true)), new Pass.Interrupted(3).outcome(SocketTable.TCP));
    }

    private static Set<Long> inodesOfThisProcess() throws IOException {
        Set<Long> inodes = new HashSet<>();
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            for (Path fd : fds.toList()) {
                Statx statx = new Statx();
                try {
                    Libc.statx(fd.toString(), 0, Libc.STATX_INO | Libc.STATX_TYPE, statx);
                    if (statx.type() == Statx.FileType.SOCKET) {
                        inodes.add(statx.inode());
                    }
                } catch (ErrnoException _) {
                    // Closed meanwhile, as the one that lists them.
                }
            }
        }
        return inodes;
    }
}
