package io.fdsentry.target;

/// Whether a condition holds, where it may not be possible to tell: Kleene's three values.
public enum Answer {
    YES,
    NO,
    /// What it asks for may not be read. Never taken for [#NO].
    UNDECIDED;

    public static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    /// Whether both hold: a single [#NO] decides.
    public Answer and(Answer other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES ? other : this;
    }

    /// Whether one holds: a single [#YES] decides.
    public Answer or(Answer other) {
        return not().and(other.not()).not();
    }

    public Answer not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNDECIDED -> UNDECIDED;
        };
    }
}
