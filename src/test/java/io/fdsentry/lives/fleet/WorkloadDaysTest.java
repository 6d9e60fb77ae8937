package io.fdsentry.lives.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.lives.fleet.Workload.Days;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Only what is urgent wakes somebody, so nothing may be on a day on which nothing leaks.
class WorkloadDaysTest {
    private static final int DAYS_OF_EACH = 20;
    private static final int A_LINE = 100;

    @Test
    @Tag("real")
    void nothingIsUrgentOn200CleanDays() {
        assertCalm(1, 10);
    }

    /// The fleet it serves goes from 3 to 300 within the hour: to 37 % of the limit, on ground never seen.
    @Test
    @Tag("real")
    void aFleetThatIsScaledOutIsNoReasonToWakeAnybody() {
        assertCalm(1_378, 1);
    }

    @Test
    @Tag("full")
    void nothingIsUrgentOn40000CleanDays() {
        assertCalm(1_000, 2_000);
    }

    /// Tells how it stands after every hundredth workload: the whole takes its time.
    private static void assertCalm(long firstSeed, int workloads) {
        Days days = Days.NONE;
        for (long seed = firstSeed; seed < firstSeed + workloads; seed += A_LINE) {
            days = days.plus(live(seed, Math.min(seed + A_LINE, firstSeed + workloads)));
            tell(days);
        }
        List<String> urgent = days.alarms().stream()
                .filter(alarm -> alarm.startsWith("urgent"))
                .toList();
        assertEquals(List.of(), urgent);
    }

    private static Days live(long from, long to) {
        return LongStream.range(from, to)
                .parallel()
                .mapToObj(seed -> new Workload(seed).live(DAYS_OF_EACH))
                .reduce(Days.NONE, Days::plus);
    }

    private static void tell(Days days) {
        System.out.printf(
                Locale.ROOT,
                "%,d workload-days; per 1000 of them: suspected %.1f, confirmed %.1f, urgent %.2f%n",
                days.days(),
                per1000(days.suspected(), days),
                per1000(days.confirmed(), days),
                per1000(days.urgent(), days));
    }

    private static double per1000(int some, Days days) {
        return 1000.0 * some / days.days();
    }
}
