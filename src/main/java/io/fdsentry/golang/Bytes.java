package io.fdsentry.golang;

import java.nio.ByteBuffer;

/// Something with addresses to read bytes at: a program's file, or a process' memory. What it holds is not to be
/// trusted.
interface Bytes {
    /// Copies bytes to the start of a heap buffer, little-endian, which is then as long as asked for.
    ///
    /// @throws Unreadable where not all of them are there
    ByteBuffer read(long address, int length) throws Unreadable;
}
