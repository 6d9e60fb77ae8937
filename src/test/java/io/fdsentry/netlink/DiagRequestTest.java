package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagRequestTest {
    private static final String HEADER_REST = "0103" + "07000000" + "efbeadde";

    @ParameterizedTest
    @CsvSource({
        // table, part, detail, length and type, then the request; blanks stand for zeros
        "TCP, 0, TIMES, 4c0000001200, 00000002 48*00 fe1f0000 00000000",
        "TCP, 0, STATES, 4c0000001200, 00000000 48*00 fe1f0000 00000000",
        "MPTCP, 0, TIMES, 500000001400, 02000200 fe1f0000 48*00 08000300 06010000",
        "MPTCP, 1, STATES, 500000001400, 0a000000 fe1f0000 48*00 08000300 06010000",
        "UDP, 0, TIMES, 480000001400, 02110000 fe1f0000 48*00",
        "UDP, 1, TIMES, 480000001400, 0a110000 fe1f0000 48*00",
        "UDPLITE, 0, TIMES, 480000001400, 02880000 fe1f0000 48*00",
        "RAW, 0, TIMES, 480000001400, 02ff0000 fe1f0000 48*00",
        "SCTP, 1, TIMES, 480000001400, 0a840000 fe1f0000 48*00",
        "UNIX, 0, TIMES, 280000001400, 01000000 fe1f0000 16*00",
        "NETLINK, 0, TIMES, 240000001400, 10ff0000 16*00",
        "PACKET, 0, TIMES, 240000001400, 11000000 16*00",
    })
    void isTheStructOfItsTable(SocketTable table, int part, Detail detail, String start, String body) {
        ByteBuffer buffer = ByteBuffer.allocate(DiagRequest.CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(0, "what an earlier request left ".repeat(4).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        int length = DiagRequest.write(buffer, table, part, detail, 7, 0xdeadbeef);
        String expected = start + HEADER_REST + expand(body);
        assertEquals(expected, HexFormat.of().formatHex(buffer.array(), 0, length));
    }

    private static String expand(String body) {
        StringBuilder hex = new StringBuilder();
        for (String word : body.split(" ")) {
            hex.append(word.contains("*") ? "00".repeat(Integer.parseInt(word.substring(0, word.indexOf('*')))) : word);
        }
        return hex.toString();
    }
}
