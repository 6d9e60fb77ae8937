package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.IpAddress;
import io.fdsentry.procfs.NetTables.Read;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetTextTest {
    private static final int LONGEST = 4096;
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String LISTEN = "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000 "
            + " 1000        0 4711 1 00000000c0c9b716 100 0 0 10 0                      \n";
    private static final String TIME_WAIT =
            "  17: 0700000A:C005 0200000A:2121 06 00000000:00000000 03:00000B00 00000000"
                    + "     0        0 0 3 0000000000000000\n";
    private static final String MAPPED =
            "   4: 0000000000000000FFFF00000700000A:C004 0000000000000000FFFF00000200000A:2121 01"
                    + " 0000000A:0000000B 02:000005DC 00000000 10001        0 50006 1 0000000000000000 20 4 30 10 -1\n";
    private static final String V6 = "   5: 00000000000000000000000000000000:1F0A B80D0120000000000000000001000000:0000"
            + " 0A 00000000:00000000 00:00000000 00000000 10001        0 50001 1 0000000000000000 100 0 0 10 0\n";

    private final List<String> seen = new ArrayList<>();

    @Test
    void aLineOfTcp() {
        assertEquals(new Read(1, 0), read(NetTable.TCP, HEADING + LISTEN));
        assertEquals(List.of("127.0.0.1:8080 0.0.0.0:0 LISTEN 3/0 OFF 0 1000 4711"), seen);
    }

    @Test
    void socketsWithoutADescriptorHaveInode0() {
        assertEquals(new Read(1, 0), read(NetTable.TCP, HEADING + TIME_WAIT));
        assertEquals(List.of("10.0.0.7:49157 10.0.0.2:8481 TIME_WAIT 0/0 TIMEWAIT 28160 0 0"), seen);
    }

    @Test
    void addressesOfTcp6AreFourWordsAndMappedOnesAreV4() {
        assertEquals(new Read(2, 0), read(NetTable.TCP, HEADING + MAPPED + V6));
        assertEquals(
                List.of(
                        "10.0.0.7:49156 10.0.0.2:8481 ESTABLISHED 11/10 KEEPALIVE 15000 10001 50006",
                        "[::]:7946 [2001:db8::1]:0 LISTEN 0/0 OFF 0 10001 50001"),
                seen);
    }

    @Test
    void aLineOfUdp() {
        String line =
                "  431: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   102        0 1571 2"
                        + " 0000000000000000 0         \n";
        assertEquals(new Read(1, 0), read(NetTable.UDP, HEADING + line));
        assertEquals(List.of("0.0.0.0:5353 0.0.0.0:0 CLOSED 0/0 OFF 0 102 1571"), seen);
    }

    @Test
    void unixLinesHaveTheInodeBeforeAPathThatMayBeAnything() {
        String text = "Num       RefCount Protocol Flags    Type St Inode Path\n"
                + "0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/x y 7\n"
                + "0000000000000000: 00000003 00000000 00000000 0001 03  1600\n"
                + "0000000000000000: 00000002 00000000 00000000 0002 01 17 @abstract\u00ff\n";
        assertEquals(new Read(3, 0), inodes(NetTable.UNIX, text));
        assertEquals(List.of("12345", "1600", "17"), seen);
    }

    @Test
    void netlinkLinesEndWithTheInode() {
        String text = "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"
                + "00000000df339659 0   0          00000000 0        0        0     2        0        4       \n"
                + "0000000037c012d0 15  4294966001 00000551 0        0        0     2        0        9912    \n";
        assertEquals(new Read(2, 0), inodes(NetTable.NETLINK, text));
        assertEquals(List.of("4", "9912"), seen);
    }

    @Test
    void packetLinesEndWithTheInode() {
        String text = "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n"
                + "0000000000000000 3      3    0003   2     1 0      0      67890 \n";
        assertEquals(new Read(1, 0), inodes(NetTable.PACKET, text));
        assertEquals(List.of("67890"), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 4711",
                "   0: 0100007F:1F90 00000000:0000 0D 00000000:00000003 00:00000000 00000000  1000        0 4711 1 ",
                "   0: 0100007F:1F90 00000000:0000 00 00000000:00000003 00:00000000 00000000  1000        0 4711 1 ",
                "   0: 0100007F 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 4711 1 ",
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 x711 1 ",
                "   0: 0100007F:1F90 00000000:0000 0A 00000000 00000003 00:00000000 00000000  1000        0 4711 1 "
            })
    void aLineThatIsNotAsExpectedIsCountedAndLeftOut(String line) {
        assertEquals(new Read(1, 1), read(NetTable.TCP, HEADING + line + "\n" + LISTEN));
    }

    @Test
    void aLastLineThatWasCutMayEndInTheMiddleOfANumber() {
        String cut = LISTEN.substring(0, LISTEN.indexOf("4711") + 2);
        assertEquals(new Read(1, 1), read(NetTable.TCP, HEADING + TIME_WAIT + cut));
    }

    @Test
    void piecesOfAnySizeGiveTheSame() {
        String text = HEADING + LISTEN + TIME_WAIT + MAPPED + V6;
        for (int size = 1; size < 200; size++) {
            assertEquals(new Read(4, 0), read(NetTable.TCP, text, size), "pieces of " + size);
        }
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        String text = HEADING + "x".repeat(LONGEST + 100) + "\n" + LISTEN;
        assertEquals(1, read(NetTable.TCP, text, 64).sockets());
    }

    @Test
    void aTableOfNothingIsEmpty() {
        assertEquals(new Read(0, 0), read(NetTable.TCP, HEADING));
        assertEquals(new Read(0, 0), read(NetTable.TCP, ""));
    }

    private Read read(NetTable table, String text) {
        return read(table, text, text.length() + 1);
    }

    private Read read(NetTable table, String text, int piece) {
        return read(table, text, piece, line -> seen.add(describe(line)));
    }

    private Read inodes(NetTable table, String text) {
        return read(table, text, text.length(), line -> seen.add(Long.toString(line.inode())));
    }

    private static Read read(NetTable table, String text, int piece, NetSink sink) {
        byte[] all = text.getBytes(ISO_8859_1);
        byte[] buffer = new byte[LONGEST + all.length + 1];
        NetText lines = new NetText(table, new NetLine(), sink);
        int kept = 0;
        for (int at = 0; at < all.length; at += piece) {
            int n = Math.min(piece, all.length - at);
            System.arraycopy(all, at, buffer, kept, n);
            kept = lines.take(buffer, kept + n, LONGEST);
        }
        return lines.end(kept);
    }

    private static String describe(NetLine line) {
        return IpAddress.text(line.localHigh(), line.localLow(), line.localPort()) + " "
                + IpAddress.text(line.peerHigh(), line.peerLow(), line.peerPort()) + " " + line.state() + " "
                + line.receiveQueue() + "/" + line.sendQueue() + " " + line.timer() + " " + line.timerMillis() + " "
                + line.uid() + " " + line.inode();
    }
}
