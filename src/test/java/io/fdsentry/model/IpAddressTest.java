package io.fdsentry.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000ffff00000000, 0.0.0.0",
        "00000000000000000000ffffc0000201, 192.0.2.1",
        "00000000000000000000ffffffffffff, 255.255.255.255",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "20010db8000000000000000000000001, 2001:db8::1",
        "20010db8000000000001000000000000, 2001:db8:0:0:1::",
        "20010db8000000010000000000000001, 2001:db8:0:1::1",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "fe80000000000000abcdef0123456789, fe80::abcd:ef01:2345:6789",
        "000a0000000000000000000000000000, a::",
        "ffffffffffffffffffffffffffffffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void isWrittenAsPeopleWriteIt(String bytes, String text) {
        ByteBuffer halves = ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
        assertEquals(text, new IpAddress(halves.getLong(), halves.getLong()).toString());
    }

    @Test
    void aPortIsSetApartFromTheColonsOfAnAddress() {
        assertEquals("192.0.2.1:80", IpAddress.text(0, IpAddress.v4Low(0xc0000201), 80));
        assertEquals("[::1]:65535", IpAddress.text(0, 1, 65535));
    }

    @Test
    void anyAddressIsKnownInBothFamilies() {
        assertTrue(IpAddress.isAny(0, 0));
        assertTrue(IpAddress.isAny(0, IpAddress.v4Low(0)));
        assertFalse(IpAddress.isAny(0, IpAddress.v4Low(0x7f000001)));
        assertFalse(IpAddress.isAny(1, 0));
    }

    @Test
    void aTimerOfANewerKernelIsOther() {
        assertEquals(TcpTimer.KEEPALIVE, TcpTimer.of(2));
        assertEquals(TcpTimer.PROBE, TcpTimer.of(4));
        assertEquals(TcpTimer.OTHER, TcpTimer.of(5));
        assertEquals(TcpTimer.OTHER, TcpTimer.of(255));
    }
}
