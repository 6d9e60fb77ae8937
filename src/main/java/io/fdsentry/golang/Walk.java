package io.fdsentry.golang;

import io.fdsentry.model.Goroutines;
import io.fdsentry.procfs.PidTimens;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Looks at every goroutine of a process, again and again, and remembers who waits.
///
/// A wait is told by who waits, how often he was parked (its lowest byte), and how deep in his stack: all three
/// stay while it lasts, and the count changes with every other one. The place is read from the stack when a wait
/// is seen the second time, and believed if the goroutine did not move meanwhile.
final class Walk {
    /// System calls are no parking; from this release on nothing of them is counted, and only the runtime's own
    /// clock tells one from the next.
    private static final int UNCOUNTED_SYSCALLS = 26;

    private static final String SLEEP = "sleep";
    private static final String SYSCALL = "syscall";
    private static final int SYSCALL_NUMBER = 256;
    private static final long TENTH = 100_000_000;
    /// Structures that are being made while they are read point to nothing yet; more than a few are no
    /// goroutines.
    private static final int MOST_BROKEN_SHARE = 50;

    private final GoProcess process;
    private final Slots slots = new Slots();
    private final Places places;
    private final Structures structures;
    private final Tally tally;
    /// Whether the runtime's times are of the clock that ours are of.
    private final boolean clockIsShared;
    /// Of the first walk.
    private @Nullable Long start;
    private int[] fresh = new int[64];
    private int freshCount;
    private int[] seen = new int[0];
    private int broken;
    private int there;

    Walk(GoProcess process) {
        this.process = process;
        places = new Places(process.library());
        structures = new Structures(process.memory(), slots, process.layout());
        clockIsShared = PidTimens.isOurs(process.procfs(), process.stat().pid());
        tally = new Tally(places);
    }

    long heapBytes() {
        return slots.heapBytes() + places.heapBytes();
    }

    /// How many the last walk met, without the runtime's own.
    int there() {
        return there;
    }

    /// How much may be kept of this process, in bytes.
    void room(long bytes) {
        slots.room(bytes - places.heapBytes());
    }

    /// @param count as the runtime counts
    Goroutines walk(int count, Duration blockedAfter, long nanos) throws Unreadable {
        start = start == null ? nanos : start;
        slots.update(process.memory(), process.variables());
        tally.begin(tenths(nanos), nanos, blockedAfter);
        FunctionTable functions = process.functions();
        StackReader stacks = new StackReader(process.memory(), process.machine());
        broken = 0;
        there = 0;
        for (int from = 0; from < slots.size(); ) {
            int end = structures.read(from);
            look(from, end, tenths(nanos), functions);
            if (freshCount > 0) {
                findPlaces(stacks, functions);
            }
            from = end;
        }
        if (broken > 16 + slots.size() / MOST_BROKEN_SHARE) {
            throw Unreadable.failed(broken + " of " + slots.size() + " goroutines have another layout");
        }
        return new Goroutines(Goroutines.Source.NATIVE, count, tally.byReason(), tally.sites());
    }

    /// @param count as the runtime counts
    String dump(int count, int maxChars, long nanos) throws Unreadable {
        return new Dump(new Stacks(process, places, slots), clockIsShared ? nanos : null).write(count, maxChars);
    }

    /// Since the first look, rounded up, so that no wait seems longer than it is.
    private int tenths(long nanos) {
        return (int) ((nanos - (start == null ? nanos : start) + TENTH - 1) / TENTH);
    }

    /// Takes note of all that were read, and puts those aside that wait at a place not known yet.
    private void look(int from, int end, int now, FunctionTable functions) {
        freshCount = 0;
        for (int position = from; position < end; position++) {
            int at = structures.at(position);
            int slot = slots.index(position);
            there += structures.isLive(at) && !places.isSystem(structures.startPc(at), functions) ? 1 : 0;
            if (!structures.isBlocked(at)) {
                slots.goid[slot] = 0;
            } else if (!structures.isWhole(at, slots.address(position))) {
                slots.goid[slot] = 0;
                broken++;
            } else if (!isSame(slot, at)) {
                remember(slot, at, now);
            } else if (slots.place[slot] == Places.UNKNOWN) {
                putAside(position);
            } else {
                tally.add(slots.place[slot], slots.since[slot], bound(at));
            }
        }
    }

    private long bound(int at) {
        return clockIsShared ? structures.waitSince(at) : 0;
    }

    private void putAside(int position) {
        fresh = freshCount == fresh.length ? Arrays.copyOf(fresh, 2 * freshCount) : fresh;
        fresh[freshCount++] = position;
    }

    private boolean isSame(int slot, int at) {
        return slots.goid[slot] == structures.goid(at)
                && slots.parked[slot] == structures.parked(at)
                && slots.depth[slot] == identity(at);
    }

    private void remember(int slot, int at, int now) {
        boolean told = !isUncounted(at) || structures.waitSince(at) != 0;
        slots.goid[slot] = told ? structures.goid(at) : 0;
        slots.parked[slot] = structures.parked(at);
        slots.depth[slot] = identity(at);
        slots.since[slot] = now;
        slots.place[slot] = Places.UNKNOWN;
    }

    private boolean isUncounted(int at) {
        return process.build().minor() >= UNCOUNTED_SYSCALLS && structures.isInSyscall(at);
    }

    /// How deep in its stack; where that does not tell one wait from the next, since when as well.
    private int identity(int at) {
        int depth = structures.depth(at);
        return isUncounted(at) ? 31 * depth + Long.hashCode(structures.waitSince(at)) : depth;
    }

    /// Reads the stacks of those put aside, in pieces; then looks at them again, and keeps what did not move.
    private void findPlaces(StackReader stacks, FunctionTable functions) throws Unreadable {
        seen = seen.length < freshCount ? new int[fresh.length] : seen;
        for (int done = 0; done < freshCount; ) {
            int first = done;
            stacks.clear();
            while (done < freshCount && !stacks.isFull()) {
                int at = structures.at(fresh[done++]);
                stacks.add(structures.sp(at), structures.stackEnd(at));
            }
            stacks.read();
            for (int i = first; i < done; i++) {
                seen[i] = place(stacks, i - first, structures.at(fresh[i]), functions);
            }
        }
        long[] sps = new long[freshCount];
        Arrays.setAll(sps, i -> structures.sp(structures.at(fresh[i])));
        structures.readAgain();
        for (int i = 0; i < freshCount; i++) {
            keep(fresh[i], seen[i], sps[i]);
        }
    }

    private int place(StackReader stacks, int number, int at, FunctionTable functions) throws Unreadable {
        String reason = reason(at);
        if (reason.equals(SLEEP) || places.isSystem(structures.startPc(at), functions)) {
            return Places.IGNORED;
        }
        long pc = structures.pc(at);
        int frames = stacks.unwind(number, pc, structures.bp(at), functions);
        int reasonNumber = structures.isInSyscall(at) ? SYSCALL_NUMBER : structures.waitReason(at);
        return places.place(stacks.pcs, frames, structures.gopc(at), reasonNumber, reason, functions);
    }

    private String reason(int at) {
        return structures.isInSyscall(at) ? SYSCALL : process.reasons().text(structures.waitReason(at));
    }

    private void keep(int position, int place, long sp) {
        int at = structures.at(position);
        int slot = slots.index(position);
        if (structures.isBlocked(at) && isSame(slot, at) && structures.sp(at) == sp) {
            slots.place[slot] = place;
            tally.add(place, slots.since[slot], bound(at));
        } else if (!structures.isBlocked(at) || !isSame(slot, at)) {
            slots.goid[slot] = 0;
        }
    }
}
