package io.fdsentry.model;

import java.util.Locale;

/// What the page draws over time.
public enum Drawn {
    FDS,
    TCP_ESTABLISHED,
    TCP_SYN_SENT,
    TCP_FIN_WAIT1,
    TCP_FIN_WAIT2,
    TCP_CLOSE_WAIT,
    TCP_LAST_ACK,
    TCP_LISTEN,
    TCP_CLOSING,
    TCP_CLOSED,
    STALE_CLOSE_WAIT,
    STALE_CLOSED,
    STALE_HALF_OPEN,
    STALE_IDLE,
    THREADS,
    GOROUTINES;

    /// As JSON writes it, such as `tcp_close_wait`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
