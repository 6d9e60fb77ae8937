package io.fdsentry.sample;

import io.fdsentry.model.Threads;
import io.fdsentry.procfs.BootTime;
import io.fdsentry.procfs.ThreadStat;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The threads of a process by name, digits folded.
final class ThreadNames {
    /// Names that are shown of a process at most.
    static final int MOST_SHOWN = 10;
    /// Different names that are told apart of a process at most: one who names each thread anew does not fill our
    /// memory.
    private static final int MOST_NAMES = 256;

    private final Map<String, Tally> byName = new HashMap<>();
    private int threads;

    private static final class Tally {
        int count;
        long oldest = Long.MAX_VALUE;
        long newest;
    }

    void clear() {
        byName.clear();
        threads = 0;
    }

    /// Takes in a thread that stands for `weight` threads.
    void add(byte[] stat, int weight) {
        threads += weight;
        String name = ThreadStat.foldedName(stat);
        Tally tally = byName.get(name);
        if (tally == null) {
            if (byName.size() == MOST_NAMES) {
                return;
            }
            tally = new Tally();
            byName.put(name, tally);
        }
        long start = ThreadStat.startTicks(stat);
        tally.count += weight;
        tally.oldest = Math.min(tally.oldest, start);
        tally.newest = Math.max(tally.newest, start);
    }

    /// How many threads were taken in.
    int threads() {
        return threads;
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /// The names that most threads have.
    ///
    /// @param boot when the machine was started, by the same clock as `now`
    List<Threads.Group> top(Instant boot, Instant now) {
        return byName.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Tally> entry) -> -entry.getValue().count)
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_SHOWN)
                .map(entry -> group(entry.getKey(), entry.getValue(), boot, now))
                .toList();
    }

    private static Threads.Group group(String name, Tally tally, Instant boot, Instant now) {
        return new Threads.Group(name, tally.count, age(tally.oldest, boot, now), age(tally.newest, boot, now));
    }

    private static Duration age(long startTicks, Instant boot, Instant now) {
        Duration age = Duration.between(BootTime.plus(boot, startTicks), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
