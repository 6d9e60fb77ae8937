package io.fdsentry.detect;

import static io.fdsentry.detect.Rounds.ID;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Verdict;
import io.fdsentry.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Made-up rounds of one process with a limit of 1,024, through the detector.
class DetectorTest {
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final ProcessId NEXT = new ProcessId(4712, 200);

    @Test
    void aQuietProcessHasVerdictsAndNoFinding() {
        Rounds rounds = new Rounds(15, 1).play(ID, 2 * HOUR, _ -> 2);
        assertEquals(LeakState.NONE, rounds.worst);
        assertEquals(List.of(), rounds.last.findings());
        assertEquals(Set.of(), rounds.last.requests().details());
        Verdict fds = rounds.verdict(ID, Resource.FDS);
        assertEquals(Double.POSITIVE_INFINITY, fds.secondsToLimit());
        assertEquals(0, fds.growthPerSecond());
        assertNull(rounds.verdict(ID, Resource.THREADS).secondsToLimit());
    }

    @Test
    void closeWaitThatOnlyRisesIsConfirmedAndUrgentWhenTheLimitIsNear() {
        Rounds rounds = new Rounds(15, 1).play(ID, 35 * MINUTE, t -> 5 + t / 3);
        Verdict verdict = rounds.verdict(ID, Resource.CLOSE_WAIT);
        assertEquals(LeakState.URGENT, verdict.state());
        assertEquals(1 / 3.0, requireNonNull(verdict.growthPerSecond()), .05);
        assertEquals((1024 - 60 - 705) * 3, requireNonNull(verdict.secondsToLimit()), 150);
        assertEquals(Set.of(ID), rounds.last.requests().details());
        Finding finding = rounds.last.findings().getFirst();
        assertEquals(Resource.CLOSE_WAIT, finding.resource());
        assertEquals(1, rounds.last.findings().size());
        assertTrue(finding.id().matches("[a-z0-9-]+"), finding.id());
    }

    @Test
    void connectionsAreListedNowAndThenWhereAVerdictMayBeNear() {
        Rounds rounds = new Rounds(15, 1).play(ID, 15, _ -> 5);
        assertEquals(LeakState.NONE, rounds.worst);
        assertEquals(Set.of(ID), rounds.last.requests().details());
    }

    @Test
    void aFindingKeepsItsIdAndItsBeginning() {
        Rounds rounds = new Rounds(15, 1).play(ID, 80 * MINUTE, t -> 5 + t / 10);
        Finding before = rounds.last.findings().getFirst();
        rounds.play(ID, 20 * MINUTE, t -> 485 + t / 10);
        Finding after = rounds.last.findings().getFirst();
        assertEquals(before.id(), after.id());
        assertEquals(before.since(), after.since());
        assertNotEquals(before.sentence(), after.sentence());
    }

    @Test
    void whatFallsBackIsCleared() {
        Rounds rounds = new Rounds(15, 1).play(ID, 100 * MINUTE, t -> 5 + t / 10);
        rounds.play(ID, 3 * HOUR, _ -> 5);
        assertEquals(LeakState.NONE, rounds.state(ID, Resource.CLOSE_WAIT));
        assertEquals(List.of(), rounds.last.findings());
    }

    @Test
    void aProcessThatEndsTakesItsSeriesAlong() {
        Rounds rounds = new Rounds(15, 1).play(ID, 100 * MINUTE, t -> 5 + t / 10);
        rounds.play(NEXT, 15, _ -> 700);
        assertEquals(Set.of(NEXT), rounds.last.verdicts().keySet());
        assertEquals(LeakState.NONE, rounds.state(NEXT, Resource.CLOSE_WAIT));
        rounds.play(ID, 15, _ -> 700);
        assertEquals(LeakState.NONE, rounds.state(ID, Resource.CLOSE_WAIT));
    }

    @Test
    void risesOfTwoLivesAreNotJoined() {
        Rounds rounds = new Rounds(15, 1);
        for (int life = 0; life < 12; life++) {
            int from = 40 * life;
            rounds.play(new ProcessId(100 + life, life), 6 * MINUTE, t -> from + t / 10);
        }
        assertEquals(LeakState.NONE, rounds.worst);
    }

    @Test
    void missedRoundsAndClocksThatAreSetConfirmNothing() {
        Rounds rounds = new Rounds(15, 1);
        for (int step = 0; step < 12; step++) {
            int level = 5 + 40 * step;
            rounds.play(ID, 4 * MINUTE, _ -> level).miss(10 * MINUTE);
        }
        assertTrue(rounds.worst.compareTo(LeakState.CONFIRMED) < 0, "a rise over gaps is suspected at most");
        Rounds set = new Rounds(15, 1);
        for (int i = 0; i < 240; i++) {
            set.round(Rounds.process(ID, 5), Duration.ofDays(i % 2 == 0 ? 30 : -30));
        }
        assertEquals(LeakState.NONE, set.worst);
    }

    @Test
    void theTimeScaleDividesTheWindowsAndNeverTheSlope() {
        Rounds rounds = new Rounds(.25, 60).play(ID, 35, t -> 5 + 20 * t);
        Verdict verdict = rounds.verdict(ID, Resource.CLOSE_WAIT);
        assertTrue(verdict.state().compareTo(LeakState.CONFIRMED) >= 0, verdict.toString());
        assertEquals(20, requireNonNull(verdict.growthPerSecond()), 3);
    }

    @Test
    void eachTargetIsJudgedByItsOwnThresholds() {
        Loaded<Config> loaded = ConfigLoader.parse("test", """
                targets:
                  - {name: ruler, match: {pid: 4711}, detection: {page_before: 1m}}
                  - {name: other, match: {pid: 4712}}
                """, Map.of());
        Config config = (Config)
                assertInstanceOf(Loaded.Valid.class, loaded, loaded::toString).value();
        Rounds rounds = new Rounds(15, config);
        for (double t = 0; t < 35 * MINUTE; t += 15) {
            int count = (int) (5 + t / 3);
            ProcessSample one = Rounds.process(ID, count);
            rounds.take(List.of(one, Changed.ofTarget(Rounds.process(NEXT, count), "other")), Duration.ZERO);
        }
        assertEquals(LeakState.CONFIRMED, rounds.state(ID, Resource.CLOSE_WAIT));
        assertEquals(LeakState.URGENT, rounds.state(NEXT, Resource.CLOSE_WAIT));
    }

    /// Of a limit that nobody reaches neither the whole nor what others leave of it says anything.
    @Test
    void whereTheLimitIsVastOrAbsentGrowthItselfConvicts() {
        for (Long limit : Arrays.asList(Rounds.VAST, 1L << 30, null)) {
            Rounds rounds = new Rounds(15, 1);
            int count = 0;
            for (double t = 0; t < HOUR && !isConfirmed(rounds); t += 15) {
                count = (int) (5 + t / 3);
                rounds.round(Changed.limited(Rounds.process(ID, count), limit), Duration.ZERO);
            }
            assertTrue(count < 500, count + " in CLOSE_WAIT, and nothing confirmed below a limit of " + limit);
        }
    }

    private static boolean isConfirmed(Rounds rounds) {
        return rounds.last.findings().stream()
                .anyMatch(finding -> finding.state().compareTo(LeakState.CONFIRMED) >= 0);
    }

    @Test
    void whatWasNormalForATargetSurvivesItsProcesses() {
        NormalPeaks peaks = new NormalPeaks();
        peaks.see(Resource.SOCKETS, 200, DAY / 2);
        assertTrue(Double.isNaN(peaks.of(Resource.SOCKETS, 1)), "half a day is not enough");
        peaks.see(Resource.SOCKETS, 180, DAY + 1);
        assertEquals(200, peaks.of(Resource.SOCKETS, 1));
        assertTrue(Double.isNaN(peaks.of(Resource.THREADS, 1)));
    }

    @Test
    void afterThreeLivesThatEndedSuspectedTheNextIsSuspectedAtOnce() {
        Rounds rounds = new Rounds(15, 1);
        for (int life = 0; life < NormalPeaks.LIVES; life++) {
            ProcessId id = new ProcessId(100 + life, life);
            rounds.play(id, 15, _ -> 5);
            assertEquals(LeakState.NONE, rounds.state(id, Resource.CLOSE_WAIT), "life " + life);
            rounds.play(id, 80 * MINUTE, t -> 5 + t / 10);
        }
        rounds.play(NEXT, 30, _ -> 5);
        assertEquals(LeakState.SUSPECTED, rounds.state(NEXT, Resource.CLOSE_WAIT));
        Finding finding = rounds.last.findings().getFirst();
        assertTrue(
                finding.sentence().startsWith("the last 3 processes of this target ended while"), finding.sentence());
        rounds.play(NEXT, DAY, _ -> 5);
        assertEquals(LeakState.NONE, rounds.state(NEXT, Resource.CLOSE_WAIT), "a day without suspicion");
        rounds.play(ID, 30, _ -> 5);
        assertEquals(LeakState.NONE, rounds.state(ID, Resource.CLOSE_WAIT), "a life that was well");
    }

    @Test
    void aShortLifeNeitherConvictsNorAcquitsItsTarget() {
        NormalPeaks peaks = new NormalPeaks();
        for (int life = 0; life < NormalPeaks.LIVES; life++) {
            peaks.endedSuspected(Resource.FDS);
            peaks.wasWell(Resource.FDS, 10 * MINUTE, 1);
        }
        assertTrue(peaks.isSuspect(Resource.FDS));
        peaks.wasWell(Resource.FDS, 2 * HOUR, 1);
        assertFalse(peaks.isSuspect(Resource.FDS));
    }

    @Test
    void whatIsRememberedOfTargetsIsBounded() {
        Targets targets = new Targets();
        for (int i = 0; i < 2 * Targets.MOST; i++) {
            targets.of("t" + i, Rounds.START.plusSeconds(i)).see(Resource.FDS, i, DAY);
        }
        Instant now = Rounds.START.plusSeconds(2L * Targets.MOST);
        assertEquals(Targets.MOST, targets.remember(now).size());
        assertEquals("t1999", targets.remember(now).getFirst().target());
        assertEquals(List.of(), targets.remember(now.plus(Duration.ofDays(31))));
    }

    @Test
    void blockedGoroutinesThatOnlyRiseAreConfirmed() {
        Rounds rounds = new Rounds(15, 1);
        for (double t = 0; t < 2 * HOUR; t += 15) {
            int all = 50 + (int) (t / 12);
            int blocked = 20 + (int) Math.max(0, (t - 10 * MINUTE) / 12);
            rounds.take(List.of(Rounds.withGoroutines(ID, all, blocked)), Duration.ZERO);
        }
        assertTrue(rounds.state(ID, Resource.GOROUTINES).compareTo(LeakState.CONFIRMED) >= 0);
        Finding finding = rounds.last.findings().getFirst();
        assertEquals("main.watch (watch.go:7)", finding.site());
    }

    @Test
    void aProcessThatCannotBeLookedIntoIsJudgedByItsCount() {
        Rounds rounds = new Rounds(15, 1);
        for (int i = 0; i < 20; i++) {
            rounds.take(List.of(Rounds.blind(ID, 60)), Duration.ZERO);
        }
        assertEquals(LeakState.NONE, rounds.state(ID, Resource.FDS));
        assertFalse(requireNonNull(rounds.last.verdicts().get(ID)).stream()
                .anyMatch(verdict -> verdict.resource() == Resource.SOCKETS));
    }
}
