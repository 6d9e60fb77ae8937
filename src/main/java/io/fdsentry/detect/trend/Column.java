package io.fdsentry.detect.trend;

import java.util.Locale;

/// What one sample may say of a count: the count, and what identity shows beside it. Every column counts handles of
/// those that [#VALUE] counts. A column that is not known is unknown, never zero.
public enum Column {
    /// How many there are.
    VALUE,
    /// Seen at every round for at least so long, since first seen by this monitor.
    OLDER_1M,
    OLDER_10M,
    OLDER_1H,
    OLDER_1D,
    /// Sockets over which no byte went either way for at least so long, as the kernel tells (tcp_info).
    IDLE_10M,
    IDLE_1H,
    IDLE_1D,
    /// In CLOSE_WAIT: the peer has closed, the process has not.
    CLOSE_WAIT,
    /// TCP sockets that no protocol table lists: dead but held.
    CLOSED,
    /// Established without a keepalive timer.
    NO_TIMER,
    /// Stuck for longer than `stuck_after`, or without a byte for longer than `idle_after`: what only a live
    /// monitor knows exactly.
    STALE,
    /// Pipes, epolls and what else only plumbs a program together, of any age: those come with a thread, a client or a
    /// child, never with more data.
    PLUMBING;

    /// As a header line names it, such as `older_10m`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
