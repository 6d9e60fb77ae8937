package io.fdsentry.golang;

import io.fdsentry.libc.Iovecs;
import java.nio.ByteBuffer;

/// Reads the tops of many stacks at once, and follows the frame pointers in them: at each the next, and above it
/// the address to return to. Every Go function with a frame keeps them, on amd64 and arm64.
final class StackReader {
    /// Deepest that is told.
    static final int FRAMES = 128;

    /// Enough for nearly all that wait.
    private static final int TOP = 2048;
    /// What is read where that was not enough.
    private static final int MORE = 16 * 1024;
    /// Most stacks that are read together.
    private static final int MOST = (Workspace.STACKS - MORE) / TOP;

    private final TargetMemory memory;
    private final Elf.Machine machine;
    private final Workspace workspace = Workspace.get();
    private final ByteBuffer bytes = workspace.stacks.bytes();
    private final long[] sps = new long[MOST];
    private final long[] ends = new long[MOST];
    private final int[] offsets = new int[MOST + 1];
    private final boolean[] read = new boolean[MOST];
    private int count;

    /// Addresses to return to, the place itself first, as the last call found them.
    final long[] pcs = new long[FRAMES];

    StackReader(TargetMemory memory, Elf.Machine machine) {
        this.memory = memory;
        this.machine = machine;
    }

    void clear() {
        count = 0;
    }

    boolean isFull() {
        return count == MOST;
    }

    /// @param sp the top of a stack
    /// @param end behind its other end
    void add(long sp, long end) {
        sps[count] = sp;
        ends[count] = end;
        offsets[count + 1] = offsets[count] + (int) Math.clamp(end - sp, 0, TOP);
        count++;
    }

    /// Reads all that were added. A stack that is not there any more costs the others nothing.
    void read() throws Unreadable {
        int next = 0;
        while (next < count) {
            Iovecs ranges = workspace.other;
            ranges.clear();
            for (int i = next; i < count; i++) {
                ranges.add(sps[i], offsets[i + 1] - offsets[i]);
            }
            int end = offsets[next] + memory.readSome(ranges, workspace.stacks, offsets[next]);
            while (next < count && offsets[next + 1] <= end) {
                read[next++] = true;
            }
            if (next < count) {
                read[next++] = false;
            }
        }
    }

    /// Follows the frames of one of the stacks that were read: by frame pointers; by the sizes that the table of
    /// functions has where there are none, or where they lead elsewhere, as those of C do where C called Go.
    ///
    /// @param number as it was added, from 0
    /// @param bp the frame pointer there; 0 where it is not known
    /// @return how many [#pcs] there are, at least that one
    int unwind(int number, long pc, long bp, FunctionTable functions) throws Unreadable {
        pcs[0] = pc;
        if (!read[number]) {
            return 1;
        }
        int offset = offsets[number];
        int length = offsets[number + 1] - offset;
        int found = unwind(number, offset, length, bp, functions);
        if (found < 0 && sps[number] + length < ends[number]) {
            int more = (int) Math.min(MORE, ends[number] - sps[number]);
            if (fetch(sps[number], more, Workspace.STACKS - MORE)) {
                found = unwind(number, Workspace.STACKS - MORE, more, bp, functions);
            }
        }
        return Math.abs(found);
    }

    private int unwind(int number, int offset, int length, long bp, FunctionTable functions) {
        boolean elsewhere = bp == 0 || !isInStack(number, bp);
        int found = elsewhere ? 0 : follow(number, offset, length, bp);
        return found == 0 ? followTable(number, offset, length, functions) : found;
    }

    private boolean isInStack(int number, long address) {
        return address >= sps[number] && address < ends[number];
    }

    /// @return how many there are; negative where the chain goes on behind what was read, 0 where it leaves the
    ///     stack
    private int follow(int number, int offset, int length, long start) {
        int found = 1;
        long bp = start;
        while (found < FRAMES && bp != 0) {
            long at = bp - sps[number];
            if (at > length - 16L) {
                return -found;
            }
            pcs[found++] = bytes.getLong(offset + (int) at + 8);
            long next = bytes.getLong(offset + (int) at);
            if (next != 0 && (next <= bp || !isInStack(number, next))) {
                return 0;
            }
            bp = next;
        }
        return found;
    }

    /// @return how many there are; negative where they go on behind what was read
    private int followTable(int number, int offset, int length, FunctionTable functions) {
        boolean pushed = machine == Elf.Machine.AMD64;
        long at = 0;
        int found = 1;
        while (found < FRAMES) {
            long used = used(functions, pcs[found - 1]);
            if (used < 0 || sps[number] + at + used >= ends[number]) {
                return found;
            }
            long place = at + (pushed ? used : 0);
            if (place > length - 8L) {
                return -found;
            }
            pcs[found++] = bytes.getLong(offset + (int) place);
            at += used + (pushed ? 8 : 0);
        }
        return found;
    }

    private static long used(FunctionTable functions, long pc) {
        try {
            return functions.stackUsed(pc);
        } catch (Unreadable _) {
            return -1;
        }
    }

    private boolean fetch(long address, int length, int offset) throws Unreadable {
        workspace.other.clear();
        workspace.other.add(address, length);
        return memory.readSome(workspace.other, workspace.stacks, offset) == length;
    }
}
