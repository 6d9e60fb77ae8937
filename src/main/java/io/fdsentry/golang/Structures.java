package io.fdsentry.golang;

import io.fdsentry.libc.Iovecs;
import java.nio.ByteBuffer;

/// Reads the structures of goroutines (`runtime.g`) in bulk: those that lie near to each other in one range, gaps
/// and all, and as many ranges as fit in one call.
final class Structures {
    /// Most that are read together.
    static final int MOST = 8192;

    private static final int GAP = 4096;
    /// A garbage collector is looking at it at this moment.
    private static final int SCANNING = 0x1000;
    private static final int SYSCALL = 3;
    private static final int WAITING = 4;
    private static final int DEAD = 6;
    private static final int LEAKED = 10;
    private static final int DEAD_EXTRA = 11;

    private final TargetMemory memory;
    private final Slots slots;
    private final int size;
    private final int hi;
    private final int sp;
    private final int pc;
    private final int bp;
    private final int self;
    private final int syscallSp;
    private final int syscallPc;
    private final int syscallBp;
    private final int status;
    private final int goid;
    private final int waitSince;
    private final int waitReason;
    private final int parked;
    private final int gopc;
    private final int startPc;
    private final int[] offsets = new int[MOST];
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int from;
    private int end;

    Structures(TargetMemory memory, Slots slots, Layout layout) {
        this.memory = memory;
        this.slots = slots;
        hi = layout.at("g.stack.hi");
        sp = layout.at("g.sched.sp");
        pc = layout.at("g.sched.pc");
        bp = layout.at("g.sched.bp");
        self = layout.at("g.sched.g");
        syscallSp = layout.at("g.syscallsp");
        syscallPc = layout.at("g.syscallpc");
        syscallBp = layout.has("g.syscallbp") ? layout.at("g.syscallbp") : -1;
        status = layout.at("g.atomicstatus");
        goid = layout.at("g.goid");
        waitSince = layout.at("g.waitsince");
        waitReason = layout.at("g.waitreason");
        parked = layout.at("g.trackingSeq");
        gopc = layout.at("g.gopc");
        startPc = layout.at("g.startpc");
        size = startPc + 8;
    }

    /// Reads as many as fit, from a position in the order of addresses on.
    ///
    /// @return the position after them
    int read(int first) throws Unreadable {
        Workspace workspace = Workspace.get();
        bytes = workspace.structures.bytes();
        from = first;
        end = arrange(workspace.ranges);
        memory.readAll(workspace.ranges, workspace.structures);
        return end;
    }

    /// Reads the same ones once more.
    void readAgain() throws Unreadable {
        Workspace workspace = Workspace.get();
        var _ = arrange(workspace.ranges);
        memory.readAll(workspace.ranges, workspace.structures);
    }

    private int arrange(Iovecs ranges) {
        ranges.clear();
        int position = from;
        long start = slots.address(position);
        long stop = start + size;
        offsets[0] = 0;
        int used = 0;
        int last = Math.min(slots.size(), from + MOST);
        for (position++; position < last; position++) {
            long address = slots.address(position);
            boolean near = address - stop <= GAP;
            long needed = used + (near ? address - start : stop - start) + size;
            if (needed > Workspace.STRUCTURES || !near && ranges.count() + 2 > Iovecs.MAX) {
                break;
            }
            if (!near) {
                ranges.add(start, stop - start);
                used += (int) (stop - start);
                start = address;
            }
            offsets[position - from] = used + (int) (address - start);
            stop = address + size;
        }
        ranges.add(start, stop - start);
        return position;
    }

    /// Where the structure of a position is among those that were read.
    int at(int position) {
        return offsets[position - from];
    }

    int status(int at) {
        return bytes.getInt(at + status) & ~SCANNING;
    }

    /// Neither free to be used again nor kept for threads of C.
    boolean isLive(int at) {
        int now = status(at);
        return now != 0 && now != DEAD && now != DEAD_EXTRA;
    }

    /// Parked, in a system call, or found by the runtime itself to have leaked.
    boolean isBlocked(int at) {
        int now = status(at);
        return now == WAITING || now == SYSCALL || now == LEAKED;
    }

    boolean isInSyscall(int at) {
        return status(at) == SYSCALL;
    }

    /// Whether what stands there is a goroutine's structure: it points to itself.
    boolean isWhole(int at, long address) {
        return bytes.getLong(at + self) == address;
    }

    long goid(int at) {
        return bytes.getLong(at + goid);
    }

    long stackEnd(int at) {
        return bytes.getLong(at + hi);
    }

    long sp(int at) {
        return bytes.getLong(at + (isInSyscall(at) ? syscallSp : sp));
    }

    long pc(int at) {
        return bytes.getLong(at + (isInSyscall(at) ? syscallPc : pc));
    }

    /// The frame pointer; 0 where this release does not keep it for system calls.
    long bp(int at) {
        if (!isInSyscall(at)) {
            return bytes.getLong(at + bp);
        }
        return syscallBp < 0 ? 0 : bytes.getLong(at + syscallBp);
    }

    /// How much of its stack is in use: the same where the stack is moved.
    int depth(int at) {
        return (int) (stackEnd(at) - sp(at));
    }

    /// The monotonic clock, in nanoseconds, before this wait began; 0 where no garbage collection saw it.
    long waitSince(int at) {
        return bytes.getLong(at + waitSince);
    }

    int waitReason(int at) {
        return Byte.toUnsignedInt(bytes.get(at + waitReason));
    }

    byte parked(int at) {
        return bytes.get(at + parked);
    }

    /// The `go` statement that made it.
    long gopc(int at) {
        return bytes.getLong(at + gopc);
    }

    /// The function that it is.
    long startPc(int at) {
        return bytes.getLong(at + startPc);
    }
}
