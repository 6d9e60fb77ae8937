package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.IpAddress;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketRowTest {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final byte[] NAME = "\u0009\0\u0001\0mptcp".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TLS = "\u0007\0\u0001\0tls".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void everyFieldIsReadFromItsPlace() {
        only(SocketTable.TCP, inet(AF_INET, 1), row -> {
            assertEquals(0xffff_fffeL, row.inode(), "inodes are unsigned");
            assertEquals(TcpState.ESTABLISHED, row.state());
            assertEquals(8080, row.localPort());
            assertEquals(50_000, row.peerPort());
            assertEquals("127.0.0.1", IpAddress.text(row.localHigh(), row.localLow()));
            assertEquals("192.0.2.255", IpAddress.text(row.peerHigh(), row.peerLow()));
            assertEquals(0x01234567_89abcdefL, row.cookie());
            assertEquals(TcpTimer.KEEPALIVE, row.timer());
            assertEquals(13_280, row.timerMillis());
            assertEquals(5, row.receiveQueue());
            assertEquals(6, row.sendQueue());
            assertEquals(10_001, row.uid());
            assertEquals(SocketTable.TCP, row.table());
            assertFalse(row.isSubflow());
            assertFalse(row.hasTimes());
            assertFalse(row.hasBytes());
        });
    }

    @Test
    void aV4PeerIsTheSameOneSeenFromADualStackSocket() {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffffc00002ff");
        Reply reply = new Reply().message(Reply.SOCK_DIAG).inet(AF_INET6, 1, mapped, mapped);
        only(SocketTable.TCP, reply, dual -> {
            assertEquals(0, dual.peerHigh());
            assertEquals(IpAddress.v4Low(0xc00002ff), dual.peerLow());
            assertEquals("192.0.2.255", IpAddress.text(dual.localHigh(), dual.localLow()));
        });
    }

    @Test
    void aV6AddressKeepsAllItsBytes() {
        byte[] local = HexFormat.of().parseHex("20010db8000000000000000000000001");
        byte[] peer = HexFormat.of().parseHex("fe80000000000000abcdef0123456789");
        Reply reply = new Reply().message(Reply.SOCK_DIAG).inet(AF_INET6, 8, local, peer);
        only(SocketTable.TCP, reply, row -> {
            assertEquals("2001:db8::1", IpAddress.text(row.localHigh(), row.localLow()));
            assertEquals("fe80::abcd:ef01:2345:6789", IpAddress.text(row.peerHigh(), row.peerLow()));
            assertEquals(TcpState.CLOSE_WAIT, row.state());
        });
    }

    @Test
    void byteTimesOfTcpAreReadFromTcpInfo() {
        byte[] info = Reply.words(280, 44, 1000, 48, 9, 52, 2000, 56, 3000, 120, 40, 128, 2);
        only(SocketTable.TCP, inet(AF_INET, 1).attribute(2, info), row -> {
            assertTrue(row.hasTimes());
            assertEquals(1000, row.lastSentMillis());
            assertEquals(2000, row.lastReceivedMillis());
            assertEquals(3000, row.lastAckMillis());
            assertTrue(row.hasBytes());
            assertEquals(42, row.bytes());
        });
    }

    @Test
    void byteTimesOfMptcpAreReadFromMptcpInfo() {
        byte[] info = Reply.words(96, 44, 7, 64, 40, 72, 2, 84, 1000, 88, 2000, 92, 3000);
        only(SocketTable.MPTCP, inet(AF_INET, 1).attribute(2, info), row -> {
            assertTrue(row.hasTimes());
            assertEquals(1000, row.lastSentMillis());
            assertEquals(2000, row.lastReceivedMillis());
            assertEquals(3000, row.lastAckMillis());
            assertEquals(42, row.bytes());
        });
    }

    @ParameterizedTest
    @CsvSource({
        // table, length of the attribute, are the times there, are the byte counts
        "TCP, 280, true, true",
        "TCP, 136, true, true",
        "TCP, 135, true, false",
        "TCP, 104, true, false", // Linux before 4.1
        "TCP, 60, true, false",
        "TCP, 59, false, false",
        "TCP, 0, false, false",
        "MPTCP, 96, true, true",
        "MPTCP, 95, false, true",
        "MPTCP, 80, false, true", // Linux 6.5 to 6.9
        "MPTCP, 79, false, false",
        "MPTCP, 48, false, false", // before
    })
    void whatAnOlderKernelDoesNotKeepIsUnknown(SocketTable table, int length, boolean times, boolean counts) {
        only(table, inet(AF_INET, 1).attribute(2, new byte[length]), row -> {
            assertEquals(times, row.hasTimes());
            assertEquals(counts, row.hasBytes());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "2, false",
        "3, false",
        "4, true",
        "5, true",
        "6, false",
        "7, false",
        "8, true",
        "9, true",
        "10, false",
        "11, true",
        "12, false"
    })
    void timesMeanSomethingOnlyOnceAConnectionWasEstablished(int state, boolean known) {
        only(SocketTable.TCP, inet(AF_INET, state).attribute(2, new byte[280]), row -> {
            assertEquals(known, row.hasTimes());
            assertEquals(known, row.hasBytes());
        });
    }

    @Test
    void timesOfOneSocketAreNotThoseOfTheNext() {
        Reply reply = inet(AF_INET, 1)
                .attribute(2, Reply.words(280, 44, 1000))
                .attribute(19, NAME)
                .message(Reply.SOCK_DIAG)
                .inet(AF_INET, 1, new byte[4], new byte[4]);
        Rows rows = new Rows(SocketTable.TCP);
        rows.read(reply);
        assertEquals(2, rows.seen.size());
        assertTrue(rows.seen.getFirst().endsWith("times subflow"), rows.toString());
        assertFalse(rows.seen.getLast().contains("times"), rows.toString());
        assertFalse(rows.seen.getLast().contains("subflow"), rows.toString());
    }

    @Test
    void aSubflowIsToldByTheNameOfWhatRunsAboveIt() {
        only(SocketTable.TCP, inet(AF_INET, 1).attribute(19 | 0x8000, NAME), row -> assertTrue(row.isSubflow()));
        only(SocketTable.TCP, inet(AF_INET, 1).attribute(19, TLS), row -> assertFalse(row.isSubflow()));
        only(SocketTable.TCP, inet(AF_INET, 1).attribute(19, new byte[3]), row -> assertFalse(row.isSubflow()));
    }

    @Test
    void socketsOfOtherFamiliesHaveAnInodeAndNothingElse() {
        Reply unix = new Reply().message(Reply.SOCK_DIAG).raw(Reply.words(16, 4, 4242));
        Reply netlink = new Reply().message(Reply.SOCK_DIAG).raw(Reply.words(28, 4, 1, 16, 4243));
        Reply packet = new Reply().message(Reply.SOCK_DIAG).raw(Reply.words(16, 4, 4244));
        only(SocketTable.UNIX, unix, row -> {
            assertEquals(4242, row.inode());
            assertEquals(TcpState.CLOSED, row.state());
            assertEquals(TcpTimer.OFF, row.timer());
            assertEquals(0, row.peerPort());
            assertFalse(row.hasTimes());
        });
        only(SocketTable.NETLINK, netlink, row -> assertEquals(4243, row.inode()));
        only(SocketTable.PACKET, packet, row -> assertEquals(4244, row.inode()));
    }

    private static Reply inet(int family, int state) {
        byte[] local = {127, 0, 0, 1};
        byte[] peer = {(byte) 192, 0, 2, (byte) 255};
        return new Reply().message(Reply.SOCK_DIAG).inet(family, state, local, peer);
    }

    /// Reads a reply that holds one socket and looks at it.
    private static void only(SocketTable table, Reply reply, Consumer<SocketRow> look) {
        Rows rows = new Rows(table);
        rows.look = look;
        assertEquals(DumpReader.Step.MORE, rows.read(reply), rows.toString());
        assertEquals(1, rows.seen.size());
    }
}
