package io.fdsentry.model;

import java.util.Locale;

/// Who opened a connection.
public enum Direction {
    /// This process did.
    OUT,
    /// The peer did: the local port is one that this network namespace listens on.
    IN;

    /// As labels and JSON write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
