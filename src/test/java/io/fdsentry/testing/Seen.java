package io.fdsentry.testing;

import static org.junit.jupiter.api.Assertions.fail;

import io.fdsentry.model.Outcome;

/// What a test expects to see.
public final class Seen {
    private Seen() {}

    /// The value; fails with the outcome if there is none.
    public static <T> T of(Outcome<T> outcome) {
        T value = outcome.orNull();
        return value != null ? value : fail("not seen: " + outcome);
    }
}
