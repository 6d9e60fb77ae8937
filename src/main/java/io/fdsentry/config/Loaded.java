package io.fdsentry.config;

import java.util.List;

/// What became of reading a file: a value that holds every rule, or everything that is wrong with it.
///
/// @param <T> what was read
public sealed interface Loaded<T> {
    /// @param value complete and checked
    record Valid<T>(T value) implements Loaded<T> {}

    /// @param problems at least one, by line and column
    record Invalid<T>(List<Problem> problems) implements Loaded<T> {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
