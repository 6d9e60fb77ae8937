package io.fdsentry.golang;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;

/// Something could not be read, and why; becomes an [Outcome] at the door of the room. It has no stack trace:
/// hostile programs could ask for many.
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Outcome<Void> outcome;

    private Unreadable(Outcome<Void> outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    static Unreadable gone() {
        return new Unreadable(Outcome.gone());
    }

    static Unreadable denied(Reason reason) {
        return new Unreadable(Outcome.denied(reason));
    }

    /// What is known not to work, in words.
    static Unreadable unsupported(String what) {
        return new Unreadable(Outcome.unsupported(what));
    }

    /// What did not fit, in words.
    static Unreadable failed(String message) {
        return new Unreadable(Outcome.failed(message));
    }

    <T> Outcome<T> outcome() {
        return outcome.flatMap(_ -> Outcome.gone());
    }
}
