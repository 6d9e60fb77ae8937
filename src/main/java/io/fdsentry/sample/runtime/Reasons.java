package io.fdsentry.sample.runtime;

import io.fdsentry.model.Outcome;

/// Why there is no value, in a few words.
final class Reasons {
    private Reasons() {}

    static String of(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Seen<?> _ -> "";
            case Outcome.Gone<?> _ -> "gone";
            case Outcome.Denied<?>(var reason) -> reason.label();
            case Outcome.Unsupported<?>(String what) -> what;
            case Outcome.Failed<?>(String message) -> message;
        };
    }
}
