package io.fdsentry.model;

import java.util.Locale;

/// Why a socket looks abandoned; a socket is in the first class that holds, in this order.
public enum StaleReason {
    /// In CLOSE_WAIT for longer than `detection.stuck_after`: the peer has closed, the process has not.
    CLOSE_WAIT,
    /// Was in a protocol table once, is in none now, and is held for longer than `detection.stuck_after`; or was
    /// never in one and is older than `detection.idle_after`.
    CLOSED,
    /// Established, idle for longer than `detection.idle_after`, and without a timer that could ever end it.
    HALF_OPEN,
    /// Established, and no byte went either way for `detection.idle_after`.
    IDLE;

    /// As labels and JSON write it, such as `half_open`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
