package io.fdsentry.golang;

import io.fdsentry.model.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What is remembered of each goroutine, by its place in the runtime's list: the list only grows, and a place is
/// the same structure for ever, used by one goroutine after the other. 29 bytes for each.
final class Slots {
    private static final int INDEX_BITS = 19;
    private static final int ADDRESS_BITS = 48;
    /// More are counted and not walked.
    static final int MOST = 1 << INDEX_BITS;

    private static final int EACH = 29;
    private static final int PIECE = 1 << 16;
    private static final int ATTEMPTS = 3;

    /// Address and index of each in one word, sorted by address.
    private long[] order = new long[0];
    private int size;
    private long room = Long.MAX_VALUE;

    /// Who is there, 0 for none that waited when it was last looked at.
    long[] goid = new long[0];
    /// How deep in its stack it waited.
    int[] depth = new int[0];
    /// First seen in this wait, in tenths of a second.
    int[] since = new int[0];
    /// Where, as [Places] numbers it; 0 where that is not known yet.
    int[] place = new int[0];
    /// How often it had been parked, the lowest byte.
    byte[] parked = new byte[0];

    int size() {
        return size;
    }

    long address(int position) {
        return (order[position] ^ Long.MIN_VALUE) >>> INDEX_BITS << 3;
    }

    int index(int position) {
        return (int) order[position] & MOST - 1;
    }

    long heapBytes() {
        return (long) EACH * order.length;
    }

    /// How much may be kept from now on, in bytes.
    void room(long bytes) {
        room = bytes;
    }

    /// Takes in those that were added to the runtime's list.
    ///
    /// @throws Unreadable gone where there are fewer than there were: no program ever forgets any, so it is another
    void update(TargetMemory memory, RuntimeVariables variables) throws Unreadable {
        for (int attempt = 1; ; attempt++) {
            long length = memory.read(variables.allglen(), 8).getLong(0);
            check(length);
            if (length <= size || add(memory, variables, (int) length)) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw Unreadable.failed("the runtime's list of goroutines moved whenever it was read");
            }
        }
    }

    private void check(long length) throws Unreadable {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw Unreadable.failed("a list of " + length + " goroutines");
        }
        if (length < size) {
            throw Unreadable.gone();
        }
        if (length > MOST || length > size && length * EACH > room) {
            throw Unreadable.denied(Reason.BUDGET);
        }
    }

    /// @return whether the list stayed where it was meanwhile
    private boolean add(TargetMemory memory, RuntimeVariables variables, int length) throws Unreadable {
        long list = memory.read(variables.allgptr(), 8).getLong(0);
        long[] grown = Arrays.copyOf(order, length);
        for (int from = size; from < length; from += PIECE) {
            int count = Math.min(PIECE, length - from);
            ByteBuffer pointers = memory.read(list + from * 8L, count * 8);
            for (int i = 0; i < count; i++) {
                grown[from + i] = word(pointers.getLong(8 * i), from + i);
            }
        }
        if (memory.read(variables.allgptr(), 8).getLong(0) != list) {
            return false;
        }
        Arrays.sort(grown);
        order = grown;
        goid = Arrays.copyOf(goid, length);
        depth = Arrays.copyOf(depth, length);
        since = Arrays.copyOf(since, length);
        place = Arrays.copyOf(place, length);
        parked = Arrays.copyOf(parked, length);
        size = length;
        return true;
    }

    private static long word(long address, int index) throws Unreadable {
        if (address == 0 || address >>> ADDRESS_BITS != 0 || (address & 7) != 0) {
            throw Unreadable.failed("no goroutine can be at 0x" + Long.toHexString(address));
        }
        return (address >>> 3 << INDEX_BITS | index) ^ Long.MIN_VALUE;
    }
}
