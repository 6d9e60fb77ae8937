package io.fdsentry.libc;

/// Ranges of another process' memory, to be read with one call. Reused: [#clear], then [#add].
///
///     struct iovec {              // bits/types/struct_iovec.h
///         void  *iov_base;        //  0
///         size_t iov_len;         //  8
///     };                          // 16
public final class Iovecs {
    /// The most ranges one call takes (`UIO_MAXIOV`, include/uapi/linux/uio.h).
    public static final int MAX = 1024;

    private static final int SIZE = 16;

    private final NativeBuffer vectors = new NativeBuffer(MAX * SIZE);
    private int count;
    private long length;

    public void clear() {
        count = 0;
        length = 0;
    }

    /// @param address where the range starts in the other process
    /// @param size bytes
    /// @throws IndexOutOfBoundsException after [#MAX] ranges
    public void add(long address, long size) {
        vectors.bytes().putLong(count * SIZE, address).putLong(count * SIZE + Long.BYTES, size);
        count++;
        length += size;
    }

    public int count() {
        return count;
    }

    /// Bytes of all ranges together.
    public long length() {
        return length;
    }

    NativeBuffer vectors() {
        return vectors;
    }
}
