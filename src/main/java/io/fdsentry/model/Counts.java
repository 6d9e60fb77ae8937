package io.fdsentry.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// An immutable count for each constant of an enum, zeros included.
///
/// @param <E> what is counted
public final class Counts<E extends Enum<E>> {
    private final E[] keys;
    private final int[] counts;

    private Counts(E[] keys, int[] counts) {
        this.keys = keys;
        this.counts = counts;
    }

    /// @param type the enum
    /// @param byOrdinal counts by ordinal; copied
    public static <E extends Enum<E>> Counts<E> of(Class<E> type, int[] byOrdinal) {
        E[] keys = type.getEnumConstants();
        return new Counts<>(keys, Arrays.copyOf(byOrdinal, keys.length));
    }

    /// All zero.
    public static <E extends Enum<E>> Counts<E> none(Class<E> type) {
        return of(type, new int[0]);
    }

    /// What is counted, in declaration order.
    public List<E> keys() {
        return List.of(keys);
    }

    public int get(E key) {
        return counts[key.ordinal()];
    }

    public int total() {
        int total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    /// Every constant with its count, in declaration order.
    public void forEach(ObjIntConsumer<E> each) {
        for (E key : keys) {
            each.accept(key, counts[key.ordinal()]);
        }
    }

    /// The sum of both, constant by constant.
    public Counts<E> plus(Counts<E> other) {
        int[] sum = counts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.counts[i];
        }
        return new Counts<>(keys, sum);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Counts<?> other && Arrays.equals(keys, other.keys) && Arrays.equals(counts, other.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((key, count) -> {
            if (count != 0) {
                text.append(text.length() > 1 ? ", " : "")
                        .append(key)
                        .append('=')
                        .append(count);
            }
        });
        return text.append('}').toString();
    }
}
