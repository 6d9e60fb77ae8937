package io.fdsentry.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What came of looking at something that may vanish or be hidden: a value, or the reason there is none.
/// Nothing that could not be read is ever a zero, a −1 or an empty list.
///
/// @param <T> what is there when it was seen
public sealed interface Outcome<T> {
    /// It was read.
    record Seen<T>(T value) implements Outcome<T> {}

    /// The process, descriptor or file went away: ordinary, never an error.
    record Gone<T>() implements Outcome<T> {}

    /// It is there and may not be looked at.
    record Denied<T>(Reason reason) implements Outcome<T> {}

    /// This kernel, architecture or target does not offer it; `what` says so in words.
    record Unsupported<T>(String what) implements Outcome<T> {}

    /// An unexpected error; `message` names what was done to what.
    record Failed<T>(String message) implements Outcome<T> {}

    static <T> Outcome<T> seen(T value) {
        return new Seen<>(value);
    }

    static <T> Outcome<T> gone() {
        return new Gone<>();
    }

    static <T> Outcome<T> denied(Reason reason) {
        return new Denied<>(reason);
    }

    static <T> Outcome<T> unsupported(String what) {
        return new Unsupported<>(what);
    }

    static <T> Outcome<T> failed(String message) {
        return new Failed<>(message);
    }

    /// The value, or null when it was not seen.
    default @Nullable T orNull() {
        return this instanceof Seen<T>(T value) ? value : null;
    }

    /// Whether there is a value.
    default boolean isSeen() {
        return this instanceof Seen<T>;
    }

    /// The same outcome of another value; `change` runs only on a value.
    default <U> Outcome<U> map(Function<T, U> change) {
        return flatMap(value -> seen(change.apply(value)));
    }

    /// Goes on from a value; every other outcome stays what it is.
    default <U> Outcome<U> flatMap(Function<T, Outcome<U>> next) {
        return switch (this) {
            case Seen<T>(T value) -> next.apply(value);
            case Gone<T> _ -> gone();
            case Denied<T>(Reason reason) -> denied(reason);
            case Unsupported<T>(String what) -> unsupported(what);
            case Failed<T>(String message) -> failed(message);
        };
    }

    /// The label of the failure, null for a value and for a process that went away.
    default @Nullable Reason reason() {
        return switch (this) {
            case Seen<T> _, Gone<T> _ -> null;
            case Denied<T>(Reason reason) -> reason;
            case Unsupported<T> _ -> Reason.UNSUPPORTED;
            case Failed<T> _ -> Reason.FAILED;
        };
    }
}
