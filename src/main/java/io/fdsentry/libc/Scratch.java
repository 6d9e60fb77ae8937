package io.fdsentry.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What a thread needs to make calls: where errno goes, and text and values that live as long as one call.
final class Scratch {
    private static final int PATH_MAX = 4096;
    private static final int XATTR_NAME_MAX = 256;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /// Of the thread that asked last: without C2 a thread local costs more than the rest of our share in a call.
    private static Scratch latest = OF_THREAD.get();

    private final Thread owner = Thread.currentThread();
    private final MemorySegment captured = Arena.ofAuto().allocate(Kernel.CAPTURED);
    private @Nullable NativeBuffer path;
    private @Nullable NativeBuffer name;
    private @Nullable NativeBuffer value;

    private Scratch() {}

    static Scratch get() {
        Scratch scratch = latest;
        return scratch.owner == Thread.currentThread() ? scratch : ofThread();
    }

    private static Scratch ofThread() {
        Scratch scratch = OF_THREAD.get();
        latest = scratch;
        return scratch;
    }

    MemorySegment captured() {
        return captured;
    }

    /// A path as a C string.
    NativeBuffer path(String text) {
        NativeBuffer buffer = path == null ? new NativeBuffer(PATH_MAX) : path;
        path = buffer;
        var _ = buffer.putCString(0, text);
        return buffer;
    }

    /// The name of an attribute as a C string.
    NativeBuffer name(String text) {
        NativeBuffer buffer = name == null ? new NativeBuffer(XATTR_NAME_MAX) : name;
        name = buffer;
        var _ = buffer.putCString(0, text);
        return buffer;
    }

    /// Two machine words.
    NativeBuffer value() {
        NativeBuffer buffer = value == null ? new NativeBuffer(2 * Long.BYTES) : value;
        value = buffer;
        return buffer;
    }
}
