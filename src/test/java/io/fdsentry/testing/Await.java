package io.fdsentry.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Waiting for real programs: asks again and again until the answer suits, and gives up loudly.
public final class Await {
    /// Far longer than anything takes: a loaded machine is slow, a broken program never arrives.
    public static final Duration LONG = Duration.ofSeconds(120);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /// Waits until a condition holds.
    public static void until(String what, Callable<Boolean> condition) {
        value(what, condition, holds -> holds);
    }

    /// Waits until a condition holds, for what takes its time on an idle machine already.
    public static void until(String what, Duration longer, Callable<Boolean> condition) {
        value(what, longer, condition, holds -> holds);
    }

    /// Waits until a value suits and returns it; an exception counts as "not yet".
    public static <T> T value(String what, Callable<T> question, Predicate<T> suits) {
        return value(what, LONG, question, suits);
    }

    /// Waits until a value suits, for what takes its time on an idle machine already.
    public static <T> T value(String what, Duration longest, Callable<T> question, Predicate<T> suits) {
        long deadline = System.nanoTime() + longest.toNanos();
        Object last = "nothing";
        do {
            try {
                T answer = question.call();
                if (suits.test(answer)) {
                    return answer;
                }
                last = String.valueOf(answer);
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() < deadline);
        return fail("waited " + longest.toSeconds() + " s for " + what + "; last: " + last);
    }
}
