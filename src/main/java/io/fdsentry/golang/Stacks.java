package io.fdsentry.golang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All goroutines of a process with their stacks at this moment, those with equal ones together. Made anew each
/// time and not kept, but for who there is.
final class Stacks {
    /// Goroutines with the same stack, wait and origin.
    static final class Group {
        final String state;
        final long gopc;
        final long[] pcs;
        final List<Long> goids = new ArrayList<>();
        int count;
        /// The runtime's upper bound of the longest wait, on the monotonic clock; 0 for none.
        long waitSince;

        Group(String state, long gopc, long[] pcs) {
            this.state = state;
            this.gopc = gopc;
            this.pcs = pcs;
        }

        long[] pcs() {
            return pcs;
        }
    }

    /// Goroutines named one by one.
    private static final int MOST_NAMED = 16;
    private static final int MOST_GROUPS = 5_000;
    private static final int MOST_FRAMES = 4_096;
    private static final int RUNNABLE = 1;
    private static final int RUNNING = 2;
    private static final int PREEMPTED = 9;
    private static final int LEAKED = 10;

    private final GoProcess process;
    private final Places places;
    private final FunctionTable functions;
    private final StackReader reader;
    private final Slots slots;
    private final Structures structures;
    private final List<Group> groups = new ArrayList<>();
    private final LongIntMap groupOfKey = new LongIntMap();
    private final Map<Long, List<FunctionTable.Frame>> frames = new HashMap<>();
    private int moved;

    Stacks(GoProcess process, Places places, Slots slots) {
        this.process = process;
        this.places = places;
        this.slots = slots;
        functions = process.functions();
        reader = new StackReader(process.memory(), process.machine());
        structures = new Structures(process.memory(), slots, process.layout());
    }

    /// Most first.
    List<Group> read() throws Unreadable {
        slots.update(process.memory(), process.variables());
        for (int from = 0; from < slots.size(); ) {
            int end = structures.read(from);
            int[] live = live(from, end);
            for (int first = 0; first < live.length; ) {
                first = some(live, first);
            }
            from = end;
        }
        groups.sort(Comparator.comparingInt((Group group) -> group.count).reversed());
        return groups;
    }

    /// How many ran while they were looked at, or had stacks of too many kinds; they are in no group.
    int moved() {
        return moved;
    }

    /// What was running at an address, innermost first, as Go shows it; nothing where it is none of Go's.
    List<FunctionTable.Frame> frames(long pc) {
        List<FunctionTable.Frame> known = frames.get(pc);
        if (known != null) {
            return known;
        }
        if (frames.size() >= MOST_FRAMES) {
            frames.clear();
        }
        List<FunctionTable.Frame> found = lookUp(pc);
        frames.put(pc, found);
        return found;
    }

    private List<FunctionTable.Frame> lookUp(long pc) {
        try {
            return Places.shown(functions.frames(pc));
        } catch (Unreadable _) {
            return List.of();
        }
    }

    private int[] live(int from, int end) {
        int[] live = new int[end - from];
        int count = 0;
        for (int position = from; position < end; position++) {
            int at = structures.at(position);
            if (structures.isLive(at) && !places.isSystem(structures.startPc(at), functions)) {
                live[count++] = position;
            }
        }
        return Arrays.copyOf(live, count);
    }

    /// As many stacks as can be read together; then the structures again, to see who moved.
    private int some(int[] live, int first) throws Unreadable {
        reader.clear();
        int last = first;
        while (last < live.length && !reader.isFull()) {
            int at = structures.at(live[last++]);
            boolean running = structures.status(at) == RUNNING;
            reader.add(structures.sp(at), running ? structures.sp(at) : structures.stackEnd(at));
        }
        reader.read();
        Group[] found = new Group[last - first];
        long[] before = new long[last - first];
        for (int i = first; i < last; i++) {
            int at = structures.at(live[i]);
            found[i - first] = group(i - first, at);
            before[i - first] = fingerprint(at);
        }
        structures.readAgain();
        for (int i = first; i < last; i++) {
            count(found[i - first], before[i - first], structures.at(live[i]));
        }
        return last;
    }

    private long fingerprint(int at) {
        return (structures.goid(at) * 31 + structures.sp(at)) * 31 + structures.parked(at) * 16 + structures.status(at);
    }

    private Group group(int number, int at) throws Unreadable {
        int length = unwind(number, at);
        String state = state(at);
        long gopc = structures.gopc(at);
        long key = gopc * 31 + state.hashCode();
        for (int i = 0; i < length; i++) {
            key = (key ^ reader.pcs[i]) * 0x9E3779B97F4A7C15L;
            key ^= key >>> 29;
        }
        int known = groupOfKey.get(key);
        if (known != LongIntMap.ABSENT) {
            return groups.get(known);
        }
        Group group = new Group(state, gopc, Arrays.copyOf(reader.pcs, length));
        if (groups.size() < MOST_GROUPS) {
            groupOfKey.put(key, groups.size());
            groups.add(group);
        }
        return group;
    }

    private int unwind(int number, int at) throws Unreadable {
        long pc = structures.pc(at);
        if (structures.status(at) == RUNNING) {
            return 0;
        }
        return reader.unwind(number, pc, structures.bp(at), functions);
    }

    private String state(int at) {
        return switch (structures.status(at)) {
            case RUNNABLE -> "runnable";
            case RUNNING -> "running";
            case PREEMPTED -> "preempted";
            case LEAKED -> process.reasons().text(structures.waitReason(at)) + " (leaked)";
            default ->
                structures.isInSyscall(at) ? "syscall" : process.reasons().text(structures.waitReason(at));
        };
    }

    private void count(Group group, long before, int at) {
        boolean ran = fingerprint(at) != before;
        if (ran || group.count == 0 && groups.size() >= MOST_GROUPS && !groups.contains(group)) {
            moved++;
            return;
        }
        long since = structures.waitSince(at);
        group.waitSince = group.count == 0 || since == 0 || group.waitSince == 0
                ? (group.count == 0 ? since : 0)
                : Math.min(since, group.waitSince);
        group.count++;
        if (group.goids.size() < MOST_NAMED) {
            group.goids.add(structures.goid(at));
        }
    }
}
