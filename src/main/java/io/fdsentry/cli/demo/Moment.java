package io.fdsentry.cli.demo;

import io.fdsentry.model.Board;
import io.fdsentry.model.Cause;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one round saw of the ruler, and what was thought of it.
///
/// @param limit null where there is none
/// @param state the worst of all programs of the demo
/// @param finding the worst, null without one
record Moment(
        Instant at,
        int fds,
        @Nullable Long limit,
        int established,
        int closeWait,
        int dead,
        LeakState state,
        @Nullable Finding finding) {

    /// Whether it is known why, and who is at the other end.
    boolean isExplained() {
        return finding != null
                && finding.cause() != Cause.UNKNOWN
                && !finding.peerProcess().isEmpty();
    }

    /// Null where the round has not seen this process.
    static @Nullable Moment of(Board board, int pid) {
        return board.snapshot().processes().stream()
                .filter(process -> process.id().pid() == pid)
                .findFirst()
                .map(process -> of(board, process))
                .orElse(null);
    }

    private static @Nullable Moment of(Board board, ProcessSample ruler) {
        Sockets sockets = ruler.sockets().orNull();
        Integer fds = ruler.openFds().orNull();
        FdLimits limits = ruler.limits().orNull();
        if (sockets == null || fds == null) {
            return null;
        }
        LeakState worst = board.verdicts().values().stream()
                .flatMap(List::stream)
                .map(Verdict::state)
                .max(Comparator.naturalOrder())
                .orElse(LeakState.NONE);
        return new Moment(
                board.snapshot().at(),
                fds,
                limits == null ? null : limits.effective(),
                sockets.tcp().get(TcpState.ESTABLISHED),
                sockets.tcp().get(TcpState.CLOSE_WAIT),
                sockets.tcp().get(TcpState.CLOSED),
                worst,
                board.findings().isEmpty() ? null : board.findings().getFirst());
    }
}
