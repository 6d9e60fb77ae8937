package io.fdsentry.model;

import java.util.Locale;

/// State of a TCP socket, as the kernel numbers them (`enum` in `include/net/tcp_states.h`), and [#CLOSED].
public enum TcpState {
    ESTABLISHED(1),
    SYN_SENT(2),
    SYN_RECV(3),
    FIN_WAIT1(4),
    FIN_WAIT2(5),
    TIME_WAIT(6),
    /// Held by a descriptor while no protocol table lists it; lsof: "can't identify protocol". Also the kernel's
    /// TCP_CLOSE.
    CLOSED(7),
    CLOSE_WAIT(8),
    LAST_ACK(9),
    LISTEN(10),
    CLOSING(11);

    private static final int NEW_SYN_RECV = 12;
    private static final TcpState[] BY_NUMBER = byNumber();

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /// The state of a kernel number.
    ///
    /// @throws IllegalArgumentException for a number the kernel does not use
    public static TcpState of(int number) {
        if (number < 1 || number > NEW_SYN_RECV) {
            throw new IllegalArgumentException("no TCP state has the number " + number);
        }
        return BY_NUMBER[number];
    }

    /// Whether a descriptor can refer to a socket in this state; `time_wait` and `syn_recv` never have one.
    public boolean hasDescriptor() {
        return this != TIME_WAIT && this != SYN_RECV;
    }

    /// As labels and JSON write it, such as `close_wait`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static TcpState[] byNumber() {
        TcpState[] table = new TcpState[NEW_SYN_RECV + 1];
        for (TcpState state : values()) {
            table[state.number] = state;
        }
        table[NEW_SYN_RECV] = SYN_RECV;
        return table;
    }
}
