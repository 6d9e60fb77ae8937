package io.fdsentry.model;

import java.util.Locale;

/// What made a piece of evidence be recorded.
public enum Occasion {
    SUSPECTED("suspicion began"),
    CONFIRMED("the leak was confirmed"),
    URGENT("the leak became urgent"),
    /// Recorded from the last rounds in which the process was seen.
    ENDED("the suspected process ended");

    private final String words;

    Occasion(String words) {
        this.words = words;
    }

    /// What happened, for a person.
    public String words() {
        return words;
    }

    /// As JSON and the ids of evidence write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
