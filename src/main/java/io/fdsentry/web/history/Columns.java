package io.fdsentry.web.history;

import io.fdsentry.model.Drawn;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The counts of one process in one round, one for each [Drawn].
final class Columns {
    static final int COUNT = Drawn.values().length;
    /// What could not be seen.
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final TcpState[] STATES = TcpState.values();

    private Columns() {}

    /// @param row is overwritten
    static void fill(ProcessSample process, int[] row) {
        Arrays.fill(row, UNKNOWN);
        set(row, Drawn.FDS, process.openFds().orNull());
        Sockets sockets = process.sockets().orNull();
        if (sockets != null) {
            for (TcpState state : STATES) {
                Drawn drawn = drawn(state);
                if (drawn != null) {
                    set(row, drawn, sockets.tcp().get(state));
                }
            }
            set(row, Drawn.STALE_CLOSE_WAIT, sockets.stale().get(StaleReason.CLOSE_WAIT));
            set(row, Drawn.STALE_CLOSED, sockets.stale().get(StaleReason.CLOSED));
        }
        Idle idle = process.idle().orNull();
        if (idle != null) {
            set(row, Drawn.STALE_HALF_OPEN, idle.halfOpen());
            set(row, Drawn.STALE_IDLE, idle.idle());
        }
        Threads threads = process.threads().orNull();
        set(row, Drawn.THREADS, threads == null ? null : threads.states().total());
        Outcome<Goroutines> goroutines = process.goroutines();
        if (goroutines != null && goroutines.orNull() instanceof Goroutines seen) {
            set(row, Drawn.GOROUTINES, seen.count());
        }
    }

    /// Null for the states that never have a descriptor.
    private static @Nullable Drawn drawn(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> Drawn.TCP_ESTABLISHED;
            case SYN_SENT -> Drawn.TCP_SYN_SENT;
            case FIN_WAIT1 -> Drawn.TCP_FIN_WAIT1;
            case FIN_WAIT2 -> Drawn.TCP_FIN_WAIT2;
            case CLOSE_WAIT -> Drawn.TCP_CLOSE_WAIT;
            case LAST_ACK -> Drawn.TCP_LAST_ACK;
            case LISTEN -> Drawn.TCP_LISTEN;
            case CLOSING -> Drawn.TCP_CLOSING;
            case CLOSED -> Drawn.TCP_CLOSED;
            case SYN_RECV, TIME_WAIT -> null;
        };
    }

    private static void set(int[] row, Drawn what, @Nullable Integer count) {
        if (count != null) {
            row[what.ordinal()] = count;
        }
    }
}
