package io.fdsentry.sample;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import java.util.Arrays;

/// How many are at least so old, for each [Age].
final class Ages {
    /// By how many ages they have reached.
    private final int[] byReached = new int[Age.values().length + 1];

    void clear() {
        Arrays.fill(byReached, 0);
    }

    void add(Thresholds thresholds, long age) {
        byReached[thresholds.reached(age)]++;
    }

    Counts<Age> atLeast() {
        int[] atLeast = new int[Age.values().length];
        int sum = 0;
        for (int i = atLeast.length - 1; i >= 0; i--) {
            sum += byReached[i + 1];
            atLeast[i] = sum;
        }
        return Counts.of(Age.class, atLeast);
    }
}
