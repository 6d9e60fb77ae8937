package io.fdsentry.sample.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A question that is asked again and again in the background, and its last answer. Rounds ask on one thread; the
/// answer comes on another.
///
/// @param <T> what is answered
final class Answer<T> {
    private final Background background;
    private final Supplier<T> question;
    private boolean pending;
    private boolean asked;
    private long askedAt;
    private @Nullable Given<T> last;

    /// @param at when it was asked, in nanoseconds of the monotonic clock
    record Given<T>(T value, long at) {}

    /// @param question blocks, and never throws
    Answer(Background background, Supplier<T> question) {
        this.background = background;
        this.question = question;
    }

    /// Asks unless that was done less than so long ago, or is still being done.
    synchronized void ask(long now, long atMostEvery) {
        if (!pending && (!asked || now - askedAt >= atMostEvery)) {
            pending = background.submit(() -> answer(now));
            if (pending) {
                asked = true;
                askedAt = now;
            }
        }
    }

    private void answer(long at) {
        @Nullable Given<T> given = null;
        try {
            given = new Given<>(question.get(), at);
        } finally {
            take(given);
        }
    }

    private synchronized void take(@Nullable Given<T> given) {
        pending = false;
        last = given == null ? last : given;
        notifyAll();
    }

    /// The last answer; null before the first.
    synchronized @Nullable Given<T> last() {
        return last;
    }

    /// Waits for an answer that is on its way, but not for long.
    synchronized @Nullable Given<T> await(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            for (long left = millis; pending && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last;
    }
}
