package io.fdsentry.model;

import java.util.Locale;

/// The timer that runs on a TCP socket, as the kernel numbers them: field `tr` of `/proc/PID/net/tcp`,
/// `idiag_timer` of sock_diag(7). The kernel shows one at a time: a retransmission or a window probe hides a
/// keepalive.
public enum TcpTimer {
    /// None: nothing the kernel does by itself will ever end this connection.
    OFF,
    /// Something sent is not acknowledged.
    RETRANSMIT,
    /// SO_KEEPALIVE; also an orphan in FIN_WAIT2 and a connection that waits for its handshake.
    KEEPALIVE,
    TIMEWAIT,
    /// The peer's window is closed.
    PROBE,
    /// A number this version does not know.
    OTHER;

    private static final TcpTimer[] BY_NUMBER = values();

    /// The timer of a kernel number.
    public static TcpTimer of(int number) {
        return number >= 0 && number < OTHER.ordinal() ? BY_NUMBER[number] : OTHER;
    }

    /// As JSON writes it, such as `keepalive`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
