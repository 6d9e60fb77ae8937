package io.fdsentry.evidence;

import io.fdsentry.model.Counted;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of one process: counts over time always, and the last rounds in which it was suspected.
final class Watch {
    private final CountHistory history = new CountHistory();
    private ProcessSample process;
    private Instant sampledAt;
    private List<Verdict> verdicts = List.of();
    private List<Finding> findings = List.of();
    private @Nullable Sampled<SocketDetail> sockets;
    private int roundsSinceSockets;

    Watch(ProcessSample process, Instant at) {
        this.process = process;
        this.sampledAt = at;
    }

    /// Takes a round in. One in which the process was going away already says less than the one before, and is not
    /// taken.
    ///
    /// @param details its sockets, null when they were not listed
    void take(
            Instant at,
            ProcessSample now,
            List<Verdict> newVerdicts,
            List<Finding> newFindings,
            @Nullable List<SocketDetail> details) {
        if (!now.openFds().isSeen() && process.openFds().isSeen()) {
            return;
        }
        process = now;
        sampledAt = at;
        verdicts = newVerdicts;
        findings = newFindings;
        count(at);
        roundsSinceSockets++;
        if (details != null) {
            sockets = SocketSample.of(details);
            roundsSinceSockets = 0;
        }
    }

    /// Forgets what only suspected processes are remembered for.
    void forgetSockets() {
        sockets = null;
    }

    /// Whether it may be listed at all; a process that may not be looked into cannot.
    boolean mayListSockets() {
        return process.sockets().isSeen();
    }

    /// How many sockets it has, as far as known.
    int socketCount() {
        Sockets seen = process.sockets().orNull();
        return seen == null ? 0 : seen.protocols().total();
    }

    /// Rounds since its sockets were last listed.
    int roundsSinceSockets() {
        return roundsSinceSockets;
    }

    ProcessSample process() {
        return process;
    }

    List<Finding> findings() {
        return findings;
    }

    boolean isSuspected() {
        return state() != LeakState.NONE;
    }

    /// The worst that was thought of it in the round last taken in.
    LeakState state() {
        return EvidenceRecord.worst(verdicts, findings);
    }

    /// All of it.
    EvidenceRecord record(String id, Instant now, Occasion occasion) {
        Sampled<SocketDetail> listed = sockets == null ? Sampled.none() : sockets;
        return new EvidenceRecord(
                id,
                now,
                occasion,
                sampledAt,
                process,
                verdicts,
                findings,
                history.points(),
                listed,
                Sampled.none(),
                "");
    }

    private void count(Instant at) {
        history.begin();
        set(Counted.FDS, process.openFds().orNull());
        Sockets seen = process.sockets().orNull();
        Idle idle = process.idle().orNull();
        if (seen != null) {
            history.set(Counted.SOCKETS, seen.protocols().total())
                    .set(Counted.ESTABLISHED, seen.tcp().get(TcpState.ESTABLISHED))
                    .set(Counted.CLOSE_WAIT, seen.tcp().get(TcpState.CLOSE_WAIT))
                    .set(Counted.CLOSED, seen.tcp().get(TcpState.CLOSED))
                    .set(Counted.STALE, stale(seen, idle));
        }
        Threads threads = process.threads().orNull();
        set(Counted.THREADS, threads == null ? null : threads.states().total());
        Goroutines goroutines =
                process.goroutines() == null ? null : process.goroutines().orNull();
        set(Counted.GOROUTINES, goroutines == null ? null : goroutines.count());
        history.end(at);
    }

    private static int stale(Sockets sockets, @Nullable Idle idle) {
        int stuck =
                sockets.stale().get(StaleReason.CLOSE_WAIT) + sockets.stale().get(StaleReason.CLOSED);
        return idle == null ? stuck : stuck + idle.halfOpen() + idle.idle();
    }

    private void set(Counted what, @Nullable Integer count) {
        if (count != null) {
            history.set(what, count);
        }
    }
}
