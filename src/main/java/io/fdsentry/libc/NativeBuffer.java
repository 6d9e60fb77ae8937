package io.fdsentry.libc;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Memory outside the heap that a system call reads or writes; made once and used again, freed with its last
/// reference. Whoever shares one between threads sees to it that only one uses it at a time.
public final class NativeBuffer {
    private static final long ALIGNMENT = 16;

    private final ByteBuffer bytes;
    private final long address;

    /// Zeroed memory.
    ///
    /// @param capacity bytes
    public NativeBuffer(int capacity) {
        var segment = Arena.ofAuto().allocate(capacity, ALIGNMENT);
        bytes = segment.asByteBuffer().order(ByteOrder.nativeOrder());
        address = segment.address();
    }

    /// Its content, in the byte order of the machine. Calls neither read nor move its position and limit.
    public ByteBuffer bytes() {
        return bytes;
    }

    public int capacity() {
        return bytes.capacity();
    }

    /// Writes a string and its NUL as UTF-8.
    ///
    /// @return the offset behind the NUL
    /// @throws IllegalArgumentException if it does not fit
    public int putCString(int offset, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int end = offset + utf8.length;
        if (end >= bytes.capacity()) {
            throw new IllegalArgumentException("longer than " + (bytes.capacity() - offset - 1) + " bytes: " + text);
        }
        bytes.put(offset, utf8);
        bytes.put(end, (byte) 0);
        return end + 1;
    }

    long address() {
        return address;
    }

    /// Address of a range inside it.
    ///
    /// @throws IndexOutOfBoundsException if a part of the range is outside
    long address(int offset, int length) {
        return address + Objects.checkFromIndexSize(offset, length, bytes.capacity());
    }
}
