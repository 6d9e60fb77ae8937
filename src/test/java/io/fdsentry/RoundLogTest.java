package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.Tier;
import io.fdsentry.testing.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Round after round, and the lines each adds.
class RoundLogTest {
    private final RoundLog log = new RoundLog();

    @Test
    void aTargetThatComesAndGoesIsToldOnceEachTime() {
        assertEquals(
                List.of(
                        "level=info msg=\"target has no process yet\" target=web",
                        "level=info msg=\"first round\" processes=0 targets=1 took=7ms"),
                lines(target(0, 0)));
        assertEquals(List.of(), lines(target(0, 0)));
        assertEquals(
                List.of("level=info msg=\"target has processes\" target=web processes=2 tier=own"),
                lines(target(2, 0), seen(Tier.OWN), seen(Tier.ANY)));
        assertEquals(List.of(), lines(target(1, 0), seen(Tier.OWN)));
        assertEquals(List.of("level=info msg=\"target lost its last process\" target=web"), lines(target(0, 0)));
        assertEquals(List.of(), lines(target(0, 0)));
    }

    @Test
    void aChangeOfWhatMayBeSeenIsToldWithReasonAndRemedy() {
        lines(target(1, 0), seen(Tier.ANY));
        assertEquals(
                List.of("level=info msg=\"what may be seen of the target changed\" target=web was=any tier=counts"
                        + " reason=yama remedy=\"" + Reason.YAMA.remedy() + "\""),
                lines(target(1, 0), process(Tier.COUNTS, Outcome.denied(Reason.YAMA))));
        assertEquals(List.of(), lines(target(1, 0), process(Tier.COUNTS, Outcome.denied(Reason.YAMA))));
    }

    @Test
    void undecidedProcessesAreAWarning() {
        lines(target(1, 0), seen(Tier.OWN));
        String warning =
                "level=warn msg=\"it cannot be told of some processes whether they belong to the target\" target=web";
        assertEquals(List.of(warning), lines(target(1, 3), seen(Tier.OWN)));
        assertEquals(List.of(), lines(target(1, 4), seen(Tier.OWN)));
        assertEquals(1, lines(target(1, 0), seen(Tier.OWN)).size());
    }

    @Test
    void anUnexpectedErrorIsToldWhenItBeginsAndWhenItChanges() {
        lines(target(1, 0), seen(Tier.OWN));
        String line = "level=warn msg=\"probe failed\" target=web pid=7 probe=fds err=\"no such\"";
        assertEquals(List.of(line), lines(target(1, 0), process(Tier.OWN, Outcome.failed("no such"))));
        assertEquals(List.of(), lines(target(1, 0), process(Tier.OWN, Outcome.failed("no such"))));
        assertEquals(
                1,
                lines(target(1, 0), process(Tier.OWN, Outcome.failed("other"))).size());
        assertEquals(List.of(), lines(target(1, 0), seen(Tier.OWN)));
    }

    @Test
    void executablesThatNobodyNamedComeAndGoInSilence() {
        assertEquals(
                List.of("level=info msg=\"first round\" processes=1 targets=1 tier_own=1 took=7ms"),
                lines(false, Snapshots.of(List.of(target(1, 0)), seen(Tier.OWN))));
        assertEquals(List.of(), lines(false, Snapshots.of(List.of())));
    }

    private List<String> lines(TargetSample target, ProcessSample... processes) {
        return lines(true, Snapshots.of(List.of(target), processes));
    }

    private List<String> lines(boolean named, Snapshot snapshot) {
        try (CapturedLog captured = new CapturedLog()) {
            log.round(snapshot, named);
            return captured.lines();
        }
    }

    private static TargetSample target(int processes, int undecided) {
        return new TargetSample("web", processes, undecided);
    }

    private static ProcessSample seen(Tier tier) {
        return process(tier, Outcome.seen(3));
    }

    private static ProcessSample process(Tier tier, Outcome<Integer> fds) {
        return Snapshots.process(7, "web", tier, fds);
    }
}
