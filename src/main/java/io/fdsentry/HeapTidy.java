package io.fdsentry;

import java.util.concurrent.TimeUnit;

/// Has the collector look at the whole heap now and then, and give back what is left over.
///
/// The serial collector looks at its old generation only when `-Xmx` is reached. What the start leaves there, and
/// what of every hundredth round happens to be promoted, would otherwise grow to it within days, also beside a
/// single process. A look costs 20 ms of the time between rounds.
final class HeapTidy {
    private static final long AFTER_START = TimeUnit.SECONDS.toNanos(20);
    private static final long EVERY = TimeUnit.MINUTES.toNanos(10);

    private final Runnable collection;
    private long next;

    /// @param collection looks at the whole heap
    HeapTidy(long now, Runnable collection) {
        this.collection = collection;
        this.next = now + AFTER_START;
    }

    /// Called between rounds.
    void poll(long now) {
        if (now - next >= 0) {
            next = now + EVERY;
            collection.run();
        }
    }
}
