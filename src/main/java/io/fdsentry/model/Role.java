package io.fdsentry.model;

import java.util.Locale;

/// The end of a leak a process is at: both ends of a leaked connection rise.
public enum Role {
    /// The end that does not close.
    HOLDER,
    /// The other end; never urgent but by its own limit.
    HELD;

    /// As labels and JSON write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
