package io.fdsentry.golang;

import io.fdsentry.libc.Iovecs;
import java.nio.ByteBuffer;

/// How many goroutines there are, as the runtime itself counts them (`runtime.gcount`): all there ever were, less
/// those that are free to be used again, with the scheduler and with each processor, less the runtime's own.
final class Census {
    private static final int MOST_PROCESSORS = 1 << 16;
    private static final int SLICE = 24;
    private static final int FREE = 12;
    private static final int FREE_NO_STACK = 16;

    private final TargetMemory memory;
    private final RuntimeVariables variables;
    private final long system;
    private final long free;
    private final long freeNoStack;
    private final int freeOfProcessor;
    private long processors;

    Census(TargetMemory memory, RuntimeVariables variables, Layout layout) {
        this.memory = memory;
        this.variables = variables;
        system = variables.sched() + layout.at("sched.ngsys");
        free = variables.sched() + layout.at("sched.gFree");
        // Before Go 1.25 one number is for both.
        freeNoStack = layout.has("sched.gFree.noStack") ? variables.sched() + layout.at("sched.gFree.noStack") : 0;
        freeOfProcessor = layout.at("p.gFree");
    }

    /// Live goroutines, without the runtime's own. As there, the numbers are read one after the other while the
    /// program runs on, so that a busy one is counted about right; one that rests, exactly.
    int count() throws Unreadable {
        Workspace workspace = Workspace.get();
        Iovecs ranges = workspace.ranges;
        ranges.clear();
        ranges.add(variables.allglen(), 8);
        ranges.add(system, 4);
        ranges.add(free, 4);
        if (freeNoStack != 0) {
            ranges.add(freeNoStack, 4);
        }
        ranges.add(variables.allp(), SLICE);
        memory.readAll(ranges, workspace.structures);
        ByteBuffer bytes = workspace.structures.bytes();
        long all = bytes.getLong(0);
        int unused = bytes.getInt(8) + bytes.getInt(FREE) + (freeNoStack == 0 ? 0 : bytes.getInt(FREE_NO_STACK));
        int slice = freeNoStack == 0 ? FREE_NO_STACK : FREE_NO_STACK + 4;
        long count = all - unused - freeOfProcessors(bytes.getLong(slice), bytes.getLong(slice + 8));
        if (all < 1 || all > Integer.MAX_VALUE || count > all) {
            throw Unreadable.failed("the runtime counts " + count + " of " + all + " goroutines");
        }
        return (int) Math.max(count, 1);
    }

    /// How many the last count met.
    long processors() {
        return processors;
    }

    private long freeOfProcessors(long pointers, long count) throws Unreadable {
        if (count < 1 || count > MOST_PROCESSORS) {
            throw Unreadable.failed("the runtime has " + count + " processors");
        }
        processors = count;
        long sum = 0;
        for (int from = 0; from < count; from += Iovecs.MAX) {
            sum += freeOfSome(pointers + from * 8L, (int) Math.min(Iovecs.MAX, count - from));
        }
        return sum;
    }

    private long freeOfSome(long pointers, int count) throws Unreadable {
        Workspace workspace = Workspace.get();
        Iovecs ranges = workspace.ranges;
        ByteBuffer bytes = workspace.structures.bytes();
        ranges.clear();
        ranges.add(pointers, 8L * count);
        memory.readAll(ranges, workspace.structures);
        ranges.clear();
        for (int i = 0; i < count; i++) {
            ranges.add(bytes.getLong(8 * i) + freeOfProcessor, 4);
        }
        memory.readAll(ranges, workspace.structures);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += bytes.getInt(4 * i);
        }
        return sum;
    }
}
