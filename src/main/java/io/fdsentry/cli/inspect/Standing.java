package io.fdsentry.cli.inspect;

import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Idle;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How bad a process looks beside others: the daemon's verdict first, a limit that is near, stale sockets,
/// those in CLOSE_WAIT, how much of the limit is used, fds. The worse is the greater.
///
/// @param open null where it could not be seen
/// @param limit null where it could not be seen or there is none
/// @param stale null where it could not be seen
record Standing(
        ProcessSample process,
        LeakState state,
        @Nullable Integer open,
        @Nullable Long limit,
        @Nullable Integer stale) implements Comparable<Standing> {
    private static final double NEAR_LIMIT = 0.8;
    private static final Comparator<Standing> BY_BADNESS = Comparator.comparing(Standing::state)
            .thenComparing(Standing::isNearLimit)
            .thenComparing(standing -> standing.stale() == null ? 0 : standing.stale())
            .thenComparing(Standing::closedByPeers)
            .thenComparingDouble(Standing::share)
            .thenComparing(standing -> standing.open() == null ? 0 : standing.open())
            .thenComparing(standing -> standing.process().id(), Comparator.reverseOrder());

    static Standing of(ProcessSample process, Look look) {
        List<Finding> findings = look.findings(process);
        FdLimits limits = process.limits().orNull();
        return new Standing(
                process,
                findings.isEmpty() ? LeakState.NONE : findings.getFirst().state(),
                process.openFds().orNull(),
                limits == null ? null : limits.effective(),
                stale(process));
    }

    /// How it is painted.
    Tone tone() {
        if (isNearLimit() || state.compareTo(LeakState.CONFIRMED) >= 0) {
            return Tone.BAD;
        }
        return state == LeakState.SUSPECTED || (stale != null && stale > 0) ? Tone.POOR : Tone.NORMAL;
    }

    boolean isNearLimit() {
        return share() >= NEAR_LIMIT;
    }

    private double share() {
        return open == null || limit == null ? 0 : (double) open / Math.max(1, limit);
    }

    private int closedByPeers() {
        Sockets sockets = process.sockets().orNull();
        return sockets == null ? 0 : sockets.tcp().get(TcpState.CLOSE_WAIT);
    }

    @Override
    public int compareTo(Standing other) {
        return BY_BADNESS.compare(this, other);
    }

    private static @Nullable Integer stale(ProcessSample process) {
        Sockets sockets = process.sockets().orNull();
        if (sockets == null) {
            return null;
        }
        Idle idle = process.idle().orNull();
        return sockets.stale().total() + (idle == null ? 0 : idle.halfOpen() + idle.idle());
    }
}
