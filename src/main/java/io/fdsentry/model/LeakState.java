package io.fdsentry.model;

import java.util.Locale;

/// How sure we are that a resource leaks. The ordinal is the value of `fdsentry_process_leak_state`.
public enum LeakState {
    NONE,
    /// Shown, and evidence recorded.
    SUSPECTED,
    /// Certain: a ticket, however far the limit.
    CONFIRMED,
    /// Confirmed, and the limit nearer than `detection.page_before`, or requests hang now: it pages.
    URGENT;

    /// As JSON writes it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
