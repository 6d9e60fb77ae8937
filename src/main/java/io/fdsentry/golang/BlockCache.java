package io.fdsentry.golang;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads scattered words of a process' tables in blocks, and keeps the blocks for the time of one call: tables
/// are megabytes, and what is wanted of them is near to what was wanted before.
final class BlockCache {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 256;
    /// Half a gigabyte: more than the tables of any program that we know are, several times over. Tables can be made
    /// so that a look at them never ends.
    private static final int MOST_READ = 1 << 17;

    private final Bytes memory;
    private final ByteBuffer[] blocks = new ByteBuffer[BLOCKS];
    private final long[] held = new long[BLOCKS];
    private int read;

    BlockCache(Bytes memory) {
        this.memory = memory;
        Arrays.fill(held, -1);
    }

    int unsigned8(long address) throws Unreadable {
        return Byte.toUnsignedInt(block(address).get((int) address & BLOCK - 1));
    }

    int int32(long address) throws Unreadable {
        if ((address & BLOCK - 1) <= BLOCK - Integer.BYTES) {
            return block(address).getInt((int) address & BLOCK - 1);
        }
        return unsigned8(address)
                | unsigned8(address + 1) << 8
                | unsigned8(address + 2) << 16
                | unsigned8(address + 3) << 24;
    }

    long unsigned32(long address) throws Unreadable {
        return Integer.toUnsignedLong(int32(address));
    }

    long int64(long address) throws Unreadable {
        return unsigned32(address) | (long) int32(address + 4) << 32;
    }

    /// Text up to its NUL, at most so long.
    String text(long address, int most) throws Unreadable {
        byte[] text = new byte[most];
        int length = 0;
        for (int c = unsigned8(address); c != 0 && length < most; c = unsigned8(address + length)) {
            text[length++] = (byte) c;
        }
        return new String(text, 0, length, UTF_8);
    }

    /// The block an address is in.
    private ByteBuffer block(long address) throws Unreadable {
        long block = address >>> 12;
        int slot = (int) ((block * 0x9E3779B97F4A7C15L) >>> 56);
        if (held[slot] != block) {
            if (++read > MOST_READ) {
                throw Unreadable.failed("tables of functions without end");
            }
            blocks[slot] = memory.read(block << 12, BLOCK);
            held[slot] = block;
        }
        return blocks[slot];
    }
}
