package io.fdsentry.model;

import java.util.Locale;

/// What can leak: the label `resource`.
public enum Resource {
    FDS,
    SOCKETS,
    CLOSE_WAIT,
    CLOSED,
    STALE_SOCKETS,
    THREADS,
    GOROUTINES;

    /// As labels and JSON write it, such as `stale_sockets`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
