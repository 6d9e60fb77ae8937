package io.fdsentry.detect;

import static io.fdsentry.detect.Rounds.ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.detect.diagnosis.Connections;
import io.fdsentry.detect.diagnosis.Figures;
import io.fdsentry.model.Cause;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Verdict;
import io.fdsentry.testing.Tally;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Verdict YOUNG =
            new Verdict(Resource.CLOSE_WAIT, LeakState.CONFIRMED, null, Double.POSITIVE_INFINITY);
    private static final Verdict SOCKETS = new Verdict(Resource.SOCKETS, LeakState.SUSPECTED, 0.5, 600.0);
    private static final Verdict FDS = new Verdict(Resource.FDS, LeakState.NONE, 0.4, 700.0);
    private static final Verdict THREADS = new Verdict(Resource.THREADS, LeakState.NONE, 9.0, 1.0);

    private static final Counts<FdKind> FILES =
            Tally.of(FdKind.class).with(FdKind.REGULAR, 400).done();
    private static final Figures NOTHING = new Figures(
            0, Tally.of(FdKind.class).done(), 0, Tally.of(TcpState.class).done(), 0, null);

    @Test
    void whatIsConvictedYoungIsToldWithThePaceOfWhatRisesWithIt() {
        Finding finding = finding(YOUNG, THREADS, FDS, SOCKETS);
        assertEquals(Resource.CLOSE_WAIT, finding.resource());
        assertEquals(0.5, finding.growthPerSecond());
        assertEquals(600.0, finding.secondsToLimit());
        assertTrue(finding.sentence().contains("+1,800 an hour; limit 1,024 in 10 min"), finding.sentence());
    }

    @Test
    void withoutAnyPaceNoneIsMadeUp() {
        assertNull(finding(YOUNG, THREADS).growthPerSecond());
    }

    @Test
    void anOwnPaceIsTold() {
        Verdict own = new Verdict(Resource.CLOSE_WAIT, LeakState.CONFIRMED, 0.1, 900.0);
        assertEquals(0.1, finding(own, SOCKETS).growthPerSecond());
    }

    @Test
    void threadsThatCameWithLeakedFilesAreToldWithThem() {
        Verdict files = new Verdict(Resource.FDS, LeakState.CONFIRMED, 0.1, 900.0);
        Verdict threads = new Verdict(Resource.THREADS, LeakState.CONFIRMED, 0.1, null);
        assertEquals(List.of(Cause.UNCLOSED_FILES), causes(200, files, threads));
        assertEquals(List.of(Cause.UNCLOSED_FILES, Cause.THREAD_LEAK), causes(4_000, files, threads));
        assertEquals(
                List.of(Cause.UNCLOSED_FILES, Cause.UNKNOWN),
                causes(200, files.as(LeakState.SUSPECTED), threads),
                "what is worse than its cause is told");
        Verdict nearer = new Verdict(Resource.THREADS, LeakState.CONFIRMED, 5.0, 100.0);
        assertEquals(List.of(Cause.UNCLOSED_FILES, Cause.UNKNOWN), causes(200, files, nearer));
    }

    @Test
    void aKnownCauseComesBeforeAnUnknownOneThatBeganEarlier() {
        Finding unknown = found(LeakState.CONFIRMED, Cause.UNKNOWN, 0);
        Finding known = found(LeakState.CONFIRMED, Cause.UNCLOSED_FILES, 60);
        Finding urgent = found(LeakState.URGENT, Cause.UNKNOWN, 90);
        assertEquals(
                List.of(urgent, known, unknown),
                Stream.of(unknown, known, urgent).sorted(Findings.WORST_FIRST).toList());
    }

    private static Finding found(LeakState state, Cause cause, int since) {
        return new Finding(
                "1",
                ID,
                "ruler",
                Resource.FDS,
                state,
                cause,
                Role.HOLDER,
                "",
                "",
                "",
                "",
                Rounds.START.plusSeconds(since),
                null,
                null);
    }

    /// Of what 400 files and so many threads came to.
    private static List<Cause> causes(int threads, Verdict... verdicts) {
        return new Findings()
                .of(holding(FILES, threads), Rounds.START, List.of(verdicts), memory(NOTHING)).stream()
                        .map(Finding::cause)
                        .toList();
    }

    private static ProcessSample holding(Counts<FdKind> kinds, int threads) {
        ProcessSample any = Rounds.process(ID, 0);
        return new ProcessSample(
                any.id(),
                any.target(),
                any.command(),
                any.container(),
                any.startTime(),
                any.tier(),
                Outcome.seen(kinds.total()),
                Outcome.seen(new FdKinds(kinds, 0)),
                any.limits(),
                any.sockets(),
                any.idle(),
                Outcome.seen(new Threads(
                        Tally.of(ThreadState.class)
                                .with(ThreadState.SLEEPING, threads)
                                .done(),
                        null)),
                any.goroutines());
    }

    private static Finding finding(Verdict... verdicts) {
        return new Findings()
                .of(Rounds.process(ID, 40), Rounds.START, List.of(verdicts), memory(null))
                .getFirst();
    }

    /// Of nothing but what was counted before; null for the same as now.
    private static Findings.Memory memory(@Nullable Figures before) {
        return new Findings.Memory() {
            @Override
            public Figures before(Resource resource, Figures now) {
                return before == null ? now : before;
            }

            @Override
            public boolean isInherited(Resource resource) {
                return false;
            }

            @Override
            public @Nullable Connections connections() {
                return null;
            }
        };
    }
}
