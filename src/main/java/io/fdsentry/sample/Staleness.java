package io.fdsentry.sample;

import io.fdsentry.model.StaleReason;
import org.jspecify.annotations.Nullable;

/// Whether a TCP socket looks abandoned, by what is remembered of it.
final class Staleness {
    private Staleness() {}

    /// The first reason that holds, null where none does.
    static @Nullable StaleReason of(SocketMemory memory, int slot, Thresholds thresholds, long now) {
        long inState = now - memory.stateSince(slot);
        return switch (memory.state(slot)) {
            case CLOSE_WAIT -> inState >= thresholds.stuck() ? StaleReason.CLOSE_WAIT : null;
            case CLOSED -> inState >= patience(memory, slot, thresholds) ? StaleReason.CLOSED : null;
            case ESTABLISHED -> established(memory, slot, thresholds, now);
            case SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, LAST_ACK, LISTEN, CLOSING -> null;
        };
    }

    /// Whether an established socket was seen without a timer and never with that of a keepalive. Other timers
    /// hide it and decide nothing.
    static boolean lacksKeepalive(SocketMemory memory, int slot) {
        return memory.is(slot, SocketMemory.TIMER_OFF_SEEN) && !memory.is(slot, SocketMemory.KEEPALIVE_SEEN);
    }

    /// One that was in a table is dead; one that never was may be about to be used.
    private static long patience(SocketMemory memory, int slot, Thresholds thresholds) {
        return memory.is(slot, SocketMemory.WAS_LISTED) ? thresholds.stuck() : thresholds.idle();
    }

    private static @Nullable StaleReason established(SocketMemory memory, int slot, Thresholds thresholds, long now) {
        boolean idle = memory.is(slot, SocketMemory.BYTE_TIMES) && now - memory.byteMoved(slot) >= thresholds.idle();
        if (!idle) {
            return null;
        }
        boolean endless = memory.is(slot, SocketMemory.TIMER_OFF) && lacksKeepalive(memory, slot);
        return endless ? StaleReason.HALF_OPEN : StaleReason.IDLE;
    }
}
