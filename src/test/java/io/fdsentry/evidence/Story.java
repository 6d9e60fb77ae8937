package io.fdsentry.evidence;

import io.fdsentry.model.Board;
import io.fdsentry.model.Counted;
import io.fdsentry.model.CountsAt;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.Verdict;
import io.fdsentry.testing.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Boards of one leaking process made by hand, a round every 15 seconds.
final class Story {
    static final Duration INTERVAL = Duration.ofSeconds(15);
    static final ProcessSample RULER = Scenario.board().snapshot().processes().getLast();
    static final Finding FINDING = Scenario.board().findings().getFirst();
    static final List<SocketDetail> SOCKETS =
            Scenario.board().snapshot().details().getOrDefault(Scenario.RULER, List.of());

    private Story() {}

    static Instant at(int round) {
        return Scenario.AT.plus(INTERVAL.multipliedBy(round));
    }

    /// A round with the leaking process in some state, without its sockets.
    static Board round(int round, LeakState state) {
        return board(round, List.of(RULER), state, Map.of());
    }

    /// A round with its sockets.
    static Board withSockets(int round, LeakState state) {
        return board(round, List.of(RULER), state, Map.of(RULER.id(), SOCKETS));
    }

    /// A round in which the process is no more.
    static Board without(int round) {
        return board(round, List.of(), LeakState.NONE, Map.of());
    }

    /// A round in which processes could not be listed.
    static Board blind(int round) {
        Snapshot nothing = new Snapshot(
                at(round),
                INTERVAL.multipliedBy(round).toNanos(),
                Duration.ZERO,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                Map.of());
        return new Board(nothing, Map.of(), List.of(), Scenario.board().config());
    }

    static Board board(
            int round, List<ProcessSample> processes, LeakState state, Map<ProcessId, List<SocketDetail>> details) {
        Map<ProcessId, List<Verdict>> verdicts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (ProcessSample process : processes) {
            verdicts.put(process.id(), List.of(new Verdict(Resource.CLOSE_WAIT, state, 0.033, 1_857_575.0)));
            if (state != LeakState.NONE) {
                findings.add(finding(process.id(), "leak", state));
            }
        }
        return board(round, processes, verdicts, findings, details);
    }

    static Board board(
            int round,
            List<ProcessSample> processes,
            Map<ProcessId, List<Verdict>> verdicts,
            List<Finding> findings,
            Map<ProcessId, List<SocketDetail>> details) {
        Snapshot snapshot = new Snapshot(
                at(round),
                INTERVAL.multipliedBy(round).toNanos(),
                Duration.ofMillis(5),
                processes,
                List.of(new TargetSample("ruler", processes.size(), 0)),
                List.of(),
                Map.of(),
                1,
                details);
        return new Board(snapshot, verdicts, findings, Scenario.board().config());
    }

    static Finding finding(ProcessId process, String id, LeakState state) {
        return new Finding(
                id,
                process,
                FINDING.target(),
                FINDING.resource(),
                state,
                FINDING.cause(),
                FINDING.role(),
                FINDING.sentence(),
                FINDING.peer(),
                "",
                "",
                FINDING.since(),
                FINDING.growthPerSecond(),
                FINDING.secondsToLimit());
    }

    /// The process while it goes away: nothing of it can be seen any more.
    static ProcessSample dying() {
        return new ProcessSample(
                RULER.id(),
                RULER.target(),
                RULER.command(),
                RULER.container(),
                RULER.startTime(),
                RULER.tier(),
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                Outcome.gone(),
                null);
    }

    /// The same process with another pid.
    static ProcessSample ruler(int pid) {
        return new ProcessSample(
                new ProcessId(pid, 1),
                RULER.target(),
                RULER.command(),
                RULER.container(),
                RULER.startTime(),
                RULER.tier(),
                RULER.openFds(),
                RULER.fdKinds(),
                RULER.limits(),
                RULER.sockets(),
                RULER.idle(),
                RULER.threads(),
                RULER.goroutines());
    }

    /// A record with everything in it.
    static EvidenceRecord record() {
        List<CountsAt> history = new ArrayList<>();
        for (int hour = 0; hour < 48; hour++) {
            history.add(new CountsAt(
                    Scenario.AT.minus(Duration.ofHours(47 - hour)),
                    Map.of(Counted.FDS, 300 + 83 * hour, Counted.CLOSE_WAIT, 279 + 83 * hour, Counted.THREADS, 14)));
        }
        return new EvidenceRecord(
                "20261121t120000z-ruler-4242-ended",
                Scenario.AT.plusSeconds(15),
                Occasion.ENDED,
                Scenario.AT,
                RULER,
                Scenario.board().verdicts().getOrDefault(Scenario.RULER, List.of()),
                Scenario.board().findings(),
                history,
                new Sampled<>(4_232, SOCKETS),
                new Sampled<>(
                        4_251,
                        List.of(
                                new FdDetail(0, FdKind.DEVICE, "/dev/null"),
                                new FdDetail(7, FdKind.SOCKET, "socket:[880001]"),
                                new FdDetail(8, FdKind.REGULAR, "/var/log/ruler/\u001b[2J.log (deleted)"))),
                "goroutine 1 [IO wait, 190 minutes]:\nexample.com/ruler/notify.(*Sender).run()\n\t/src/notify.go:88\n");
    }
}
