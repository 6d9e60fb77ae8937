package io.fdsentry.golang;

import io.fdsentry.libc.Iovecs;
import io.fdsentry.libc.NativeBuffer;

/// Buffers that a thread reads processes through, one process after the other; too large to have for each.
final class Workspace {
    /// Room for the structures of goroutines, or for a piece of a table.
    static final int STRUCTURES = 1 << 20;
    /// Room for the tops of stacks.
    static final int STACKS = 1 << 20;

    private static final int TABLES = 1 << 18;
    private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

    final NativeBuffer structures = new NativeBuffer(STRUCTURES);
    final NativeBuffer stacks = new NativeBuffer(STACKS);
    final NativeBuffer tables = new NativeBuffer(TABLES);
    final Iovecs ranges = new Iovecs();
    final Iovecs other = new Iovecs();

    private Workspace() {}

    static Workspace get() {
        return OF_THREAD.get();
    }
}
