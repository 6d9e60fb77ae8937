package io.fdsentry.lives.fleet;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Some handles of one process, each with the time it was opened and the time it was last used, in whole seconds.
final class Handles {
    private static final int[] AGES = Arrays.stream(Age.values())
            .mapToInt(age -> (int) age.duration().toSeconds())
            .toArray();
    private static final Counts<Age> NONE = Counts.none(Age.class);

    /// So many uses of each on average leave less than one in two thousand out.
    private static final double ALL = 8;

    private final SplittableRandom random;
    private int[] opened = new int[16];
    private int[] used = new int[16];
    private int size;

    Handles(SplittableRandom random) {
        this.random = random;
    }

    int size() {
        return size;
    }

    /// Closes a share of them, then opens or closes as many as are needed.
    void toward(int wanted, double share, double now) {
        for (int ends = about(share * size); ends > 0 && size > 0; ends--) {
            closeOne(random.nextInt(size));
        }
        while (size > Math.max(0, wanted)) {
            closeOne(random.nextInt(size));
        }
        while (size < wanted) {
            open((int) now);
        }
    }

    private void open(int now) {
        if (size == opened.length) {
            opened = Arrays.copyOf(opened, 2 * size);
            used = Arrays.copyOf(used, 2 * size);
        }
        opened[size] = now;
        used[size++] = now;
    }

    private void closeOne(int at) {
        opened[at] = opened[--size];
        used[at] = used[size];
    }

    /// Takes over those of others: they stay as old as they are.
    void take(Handles others, double now) {
        for (int i = 0; i < others.size; i++) {
            open((int) now);
            opened[size - 1] = others.opened[i];
        }
        others.size = 0;
    }

    /// Uses them by chance.
    ///
    /// @param share how often each, on average
    void use(double share, double now) {
        if (share >= ALL) {
            Arrays.fill(used, 0, size, (int) now);
        } else if (share >= 1) {
            useEach(1 - Math.exp(-share), (int) now);
        } else {
            for (int uses = about(share * size); uses > 0; uses--) {
                used[random.nextInt(size)] = (int) now;
            }
        }
    }

    private void useEach(double chance, int now) {
        for (int i = 0; i < size; i++) {
            used[i] = random.nextDouble() < chance ? now : used[i];
        }
    }

    /// A whole number that is that much on average.
    int about(double mean) {
        int whole = (int) mean;
        return random.nextDouble() < mean - whole ? whole + 1 : whole;
    }

    /// How many are at least so old.
    Counts<Age> older(double now) {
        return atLeast(opened, now);
    }

    /// How many were not used for at least so long.
    Counts<Age> idle(double now) {
        return atLeast(used, now);
    }

    private Counts<Age> atLeast(int[] since, double now) {
        if (size == 0) {
            return NONE;
        }
        int[] counts = new int[AGES.length];
        for (int a = 0; a < AGES.length; a++) {
            counts[a] = until(since, (int) now - AGES[a]);
        }
        return Counts.of(Age.class, counts);
    }

    /// How many were not used for at least so many seconds.
    int idleFor(double seconds, double now) {
        return until(used, (int) (now - seconds));
    }

    /// How many times are not after a time; without a branch, since most of a simulated day is spent here.
    private int until(int[] times, int latest) {
        int after = 0;
        for (int i = 0; i < size; i++) {
            after += latest - times[i] >>> 31;
        }
        return size - after;
    }
}
