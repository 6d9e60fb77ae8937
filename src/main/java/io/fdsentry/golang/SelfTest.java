package io.fdsentry.golang;

import java.nio.ByteBuffer;

/// Whether what was found in a process fits together: if a structure were elsewhere than thought, hardly any of
/// this would hold. What does not pass is refused; a wrong number is worse than none.
final class SelfTest {
    private static final int MOST_LOOKED_AT = 512;
    private static final int ATTEMPTS = 3;
    private static final int HIGHEST_STATUS = 11;
    private static final int DEAD = 6;

    private SelfTest() {}

    static void check(GoProcess process, Census census) throws Unreadable {
        var _ = census.count();
        // The program runs on: what does not fit now may have been in the making.
        for (int attempt = 1; ; attempt++) {
            try {
                check(process);
                return;
            } catch (Unreadable e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void check(GoProcess process) throws Unreadable {
        TargetMemory memory = process.memory();
        Layout layout = process.layout();
        long all = memory.read(process.variables().allglen(), 8).getLong(0);
        long list = memory.read(process.variables().allgptr(), 8).getLong(0);
        int looked = (int) Math.min(all, MOST_LOOKED_AT);
        ByteBuffer pointers = memory.read(list, 8 * looked);
        ByteBuffer[] structures = new ByteBuffer[looked];
        for (int i = 0; i < looked; i++) {
            structures[i] = memory.read(pointers.getLong(8 * i), layout.at("g.size"));
        }
        // Only now: it grows by millions in a second.
        long highest = memory.read(process.variables().sched() + layout.at("sched.goidgen"), 8)
                .getLong(0);
        int live = 0;
        int broken = 0;
        for (int i = 0; i < looked; i++) {
            int status = structures[i].getInt(layout.at("g.atomicstatus")) & ~0x1000;
            boolean used = status != 0 && status < DEAD || status > DEAD;
            live += used ? 1 : 0;
            broken += used && !fits(structures[i], pointers.getLong(8 * i), status, highest, layout) ? 1 : 0;
        }
        if (live == 0 || broken > 2 + live / 50) {
            throw Unreadable.failed(broken + " of " + live + " goroutines of "
                    + process.build().version() + " are not where they were expected");
        }
    }

    private static boolean fits(ByteBuffer g, long address, int status, long highest, Layout layout) {
        long goid = g.getLong(layout.at("g.goid"));
        long lo = g.getLong(layout.at("g.stack.lo"));
        long hi = g.getLong(layout.at("g.stack.hi"));
        // Identifiers are handed out to each processor 16 at a time, from before the generator's value.
        return status <= HIGHEST_STATUS
                && (g.getLong(layout.at("g.sched.g")) == address || status == HIGHEST_STATUS)
                && goid >= 0
                && goid <= highest + 16
                && lo <= hi;
    }
}
