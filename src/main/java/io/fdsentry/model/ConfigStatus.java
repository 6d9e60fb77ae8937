package io.fdsentry.model;

import java.time.Instant;
import java.util.List;

/// How the configuration in force came about.
///
/// @param source the file, or words that say that built-in defaults are in force
/// @param lastReloadSuccessful whether the last attempt to load it succeeded
/// @param lastSuccess when the configuration in force was loaded
/// @param problems what was wrong with the last attempt, one line each; empty after a success
public record ConfigStatus(String source, boolean lastReloadSuccessful, Instant lastSuccess, List<String> problems) {
    public ConfigStatus {
        problems = List.copyOf(problems);
    }
}
