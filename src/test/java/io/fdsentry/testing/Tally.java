package io.fdsentry.testing;

import io.fdsentry.model.Counts;

/// Counts by hand: `Tally.of(TcpState.class).with(LISTEN, 2).done()`.
public final class Tally<E extends Enum<E>> {
    private final Class<E> type;
    private final int[] counts;

    private Tally(Class<E> type) {
        this.type = type;
        this.counts = new int[type.getEnumConstants().length];
    }

    public static <E extends Enum<E>> Tally<E> of(Class<E> type) {
        return new Tally<>(type);
    }

    public Tally<E> with(E key, int count) {
        counts[key.ordinal()] += count;
        return this;
    }

    public Counts<E> done() {
        return Counts.of(type, counts);
    }
}
