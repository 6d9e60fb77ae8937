package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        ":10177, '', 10177, 127.0.0.1:10177",
        "127.0.0.1:0, 127.0.0.1, 0, 127.0.0.1:0",
        "[::1]:10177, ::1, 10177, [::1]:10177",
        "[::]:9, ::, 9, [::1]:9",
        "0.0.0.0:65535, 0.0.0.0, 65535, 127.0.0.1:65535",
        "localhost:80, localhost, 80, localhost:80",
    })
    void readsWhatExportersWrite(String text, String host, int port, String reachable) {
        ListenAddress address = ListenAddress.parse(text);
        assertEquals(new ListenAddress(host, port), address);
        assertEquals(text, address.toString());
        assertEquals(reachable, address.reachable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10177", "localhost", ":", "a:b", ":65536", ":-1", ":+1", "::1:80", ":123456", ":٣"})
    void refusesWhatIsNone(String text) {
        String reason = ""
                + assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text))
                        .getMessage();
        assertTrue(reason.startsWith("\"" + text + "\""), reason);
    }

    @Test
    void noHostIsEveryAddress() throws Exception {
        assertEquals(new InetSocketAddress(80), ListenAddress.parse(":80").resolve());
        assertEquals(
                new InetSocketAddress(InetAddress.getByName("::1"), 80),
                ListenAddress.parse("[::1]:80").resolve());
    }
}
