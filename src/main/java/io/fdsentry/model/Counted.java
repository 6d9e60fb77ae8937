package io.fdsentry.model;

import java.util.Locale;

/// What is kept over time of each watched process, so that evidence can show how it came about.
public enum Counted {
    FDS,
    SOCKETS,
    ESTABLISHED,
    CLOSE_WAIT,
    CLOSED,
    /// All sockets that look abandoned, for whatever [StaleReason].
    STALE,
    THREADS,
    GOROUTINES;

    /// As JSON writes it, such as `close_wait`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
