package io.fdsentry.lives.fleet;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Some handles of one process, each with the time it was opened and the time it was last used.
final class Handles {
    private static final double[] AGES = Arrays.stream(Age.values())
            .mapToDouble(age -> age.duration().toSeconds())
            .toArray();

    private final SplittableRandom random;
    private double[] opened = new double[16];
    private double[] used = new double[16];
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
            open(now);
        }
    }

    private void open(double now) {
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
            open(now);
            opened[size - 1] = others.opened[i];
        }
        others.size = 0;
    }

    /// Uses a share of them, by chance.
    void use(double share, double now) {
        for (int uses = about(share * size); uses > 0; uses--) {
            used[random.nextInt(size)] = now;
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

    private Counts<Age> atLeast(double[] since, double now) {
        int[] counts = new int[AGES.length];
        for (int i = 0; i < size; i++) {
            double age = now - since[i];
            for (int a = 0; a < AGES.length; a++) {
                counts[a] += age >= AGES[a] ? 1 : 0;
            }
        }
        return Counts.of(Age.class, counts);
    }

    /// How many were not used for at least so many seconds.
    int idleFor(double seconds, double now) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += now - used[i] >= seconds ? 1 : 0;
        }
        return count;
    }
}
