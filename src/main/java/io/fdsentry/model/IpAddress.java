package io.fdsentry.model;

import java.util.StringJoiner;

/// An IP address as 128 bits. IPv4 is held in its v4-mapped form (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2),
/// so that a peer is the same one whether it came to a v4 socket or to one that listens on both.
///
/// Where there are many, rooms pass the two halves as they are, without an object.
///
/// @param high the first eight bytes, most significant first
/// @param low the last eight bytes
public record IpAddress(long high, long low) {
    private static final int GROUPS = 8;
    private static final long V4_MAPPED = 0x0000_ffffL;

    /// The [#low] half of an IPv4 address; its [#high] half is 0.
    ///
    /// @param address most significant byte first, so that 192.0.2.1 is 0xc0000201
    public static long v4Low(int address) {
        return V4_MAPPED << Integer.SIZE | Integer.toUnsignedLong(address);
    }

    /// Whether these halves are an IPv4 address.
    public static boolean isV4(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == V4_MAPPED;
    }

    /// Whether it means "any address", in either family.
    public static boolean isAny(long high, long low) {
        return high == 0 && (low == 0 || low == v4Low(0));
    }

    /// The usual text: dotted for IPv4, RFC 5952 for IPv6.
    public static String text(long high, long low) {
        return isV4(high, low) ? dotted((int) low) : colons(high, low);
    }

    /// The usual text of an address with a port, such as `192.0.2.1:80` and `[2001:db8::1]:80`.
    public static String text(long high, long low, int port) {
        String address = text(high, low);
        return (isV4(high, low) ? address : '[' + address + ']') + ':' + port;
    }

    @Override
    public String toString() {
        return text(high, low);
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    private static String colons(long high, long low) {
        int start = 0;
        int length = 0;
        for (int from = 0; from < GROUPS; from++) {
            int zeros = zeros(high, low, from);
            if (zeros > length) {
                start = from;
                length = zeros;
            }
        }
        return length < 2
                ? hex(high, low, 0, GROUPS)
                : hex(high, low, 0, start) + "::" + hex(high, low, start + length, GROUPS);
    }

    /// How many groups are zero from there on.
    private static int zeros(long high, long low, int from) {
        int to = from;
        while (to < GROUPS && group(high, low, to) == 0) {
            to++;
        }
        return to - from;
    }

    private static String hex(long high, long low, int from, int to) {
        StringJoiner groups = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            groups.add(Integer.toHexString(group(high, low, i)));
        }
        return groups.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> Short.SIZE * (GROUPS / 2 - 1 - index % (GROUPS / 2))) & 0xffff;
    }
}
