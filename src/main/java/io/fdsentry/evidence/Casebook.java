package io.fdsentry.evidence;

import io.fdsentry.evidence.Case.Pending;
import io.fdsentry.model.Board;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which records are to be made, told from one board after another. No I/O, no clock; for one thread.
final class Casebook {
    /// Processes whose sockets are asked for at most, the worst first.
    private static final int MOST_LISTED = 32;

    /// From this many sockets on they are listed in every tenth round only.
    private static final int MANY_SOCKETS = 5_000;

    private static final int SELDOM = 10;

    private final Map<ProcessId, Watch> watches = new HashMap<>();
    private final Map<ProcessId, Case> cases = new HashMap<>();
    private final Out out;

    Casebook(Out out) {
        this.out = out;
    }

    /// Where records go.
    interface Out {
        /// A record is going to be made: for the log, which must have it at once.
        void announce(EvidenceRecord evidence);

        /// A record is made.
        void keep(EvidenceRecord evidence);
    }

    /// Takes a board in. One in which not even targets could be told apart tells nothing of anybody's end.
    ///
    /// @param isWatched whether a target still is; the processes of one that is not have not ended
    void take(Board board, Predicate<String> isWatched) {
        Snapshot round = board.snapshot();
        if (round.targets().isEmpty()) {
            return;
        }
        Map<ProcessId, List<Finding>> findings =
                board.findings().stream().collect(Collectors.groupingBy(Finding::process));
        Set<ProcessId> present = new HashSet<>();
        for (ProcessSample process : round.processes()) {
            present.add(process.id());
            List<Verdict> verdicts = board.verdicts().getOrDefault(process.id(), List.of());
            seen(round, process, verdicts, findings.getOrDefault(process.id(), List.of()));
        }
        Iterator<Map.Entry<ProcessId, Watch>> all = watches.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<ProcessId, Watch> entry = all.next();
            if (!present.contains(entry.getKey())) {
                all.remove();
                gone(round.at(), entry.getKey(), entry.getValue(), isWatched);
            }
        }
    }

    private void seen(Snapshot round, ProcessSample process, List<Verdict> verdicts, List<Finding> findings) {
        Watch watch = watches.computeIfAbsent(process.id(), _ -> new Watch(process, round.at()));
        watch.take(round.at(), process, verdicts, findings, round.details().get(process.id()));
        Case found = cases.get(process.id());
        if (found == null && !watch.isSuspected()) {
            return;
        }
        Case of = found == null ? new Case() : found;
        cases.put(process.id(), of);
        Occasion occasion = of.next(watch.state(), watch.findings(), round.monotonicNanos());
        if (occasion != null) {
            keepPending(round.at(), watch, of);
            of.await(Ids.of(round.at(), process, occasion), occasion);
            out.announce(watch.record(of.newest(), round.at(), occasion));
        }
        progress(round.at(), watch, of, occasion == null);
    }

    /// Makes the record that waits as soon as its sockets are there, or have been waited for long enough.
    private void progress(Instant at, Watch watch, Case of, boolean waited) {
        if (waited) {
            of.waited();
        }
        Pending pending = of.pending();
        if (pending != null
                && (watch.roundsSinceSockets() == 0 || !watch.mayListSockets() || pending.roundsLeft() <= 0)) {
            keepPending(at, watch, of);
        }
        if (!of.isOpen()) {
            keepPending(at, watch, of);
            watch.forgetSockets();
        }
    }

    private void keepPending(Instant at, Watch watch, Case of) {
        Pending pending = of.pending();
        if (pending != null) {
            out.keep(watch.record(pending.id(), at, pending.occasion()));
            of.recorded();
        }
    }

    private void gone(Instant at, ProcessId id, Watch watch, Predicate<String> isWatched) {
        Case of = cases.remove(id);
        if (of == null) {
            return;
        }
        keepPending(at, watch, of);
        if (of.isOpen() && isWatched.test(watch.process().target())) {
            EvidenceRecord last = watch.record(Ids.of(at, watch.process(), Occasion.ENDED), at, Occasion.ENDED);
            out.announce(last);
            out.keep(last);
        }
    }

    /// Makes the records that still wait; for the end.
    void flush(Instant at) {
        cases.forEach((id, of) -> {
            Watch watch = watches.get(id);
            if (watch != null) {
                keepPending(at, watch, of);
            }
        });
    }

    /// The processes whose sockets the next round should list: suspected ones, so that they are known when one
    /// ends.
    Requests requests() {
        return new Requests(cases.entrySet().stream()
                .filter(entry -> entry.getValue().isOpen())
                .sorted(Comparator.comparing((Map.Entry<ProcessId, Case> entry) ->
                                entry.getValue().state())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_LISTED)
                .filter(entry -> isDue(watches.get(entry.getKey()), entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    private static boolean isDue(@Nullable Watch watch, Case of) {
        return watch != null
                && (of.pending() != null || watch.socketCount() < MANY_SOCKETS || watch.roundsSinceSockets() >= SELDOM);
    }

    /// The newest record of each process that is still suspected.
    Set<String> standing() {
        return cases.values().stream()
                .filter(Case::isOpen)
                .map(Case::newest)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    /// The processes that are still suspected.
    Set<ProcessId> suspects() {
        return cases.entrySet().stream()
                .filter(entry -> entry.getValue().isOpen())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
