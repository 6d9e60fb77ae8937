package io.fdsentry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Detail;
import io.fdsentry.config.Config.Metrics;
import io.fdsentry.config.Config.Per;
import io.fdsentry.config.Config.Self;
import io.fdsentry.testing.Scenario;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static Scrape scrape(Detail detail, Per per, int maxSeries) {
        return Scrape.of(Scenario.board(), Scenario.with(Scenario.config(), Scenario.metrics(detail, per, maxSeries)));
    }

    @Test
    void beforeTheFirstRoundThereIsNothingButFdsentryItself() {
        Scrape scrape = Scrape.of(new Exposition("0.1.0", System::nanoTime));
        assertEquals(1, scrape.series("fdsentry_build_info").size());
        assertEquals(1, scrape.series("process_open_fds").size());
        assertTrue(scrape.series().keySet().stream().noneMatch(series -> series.startsWith("fdsentry_process_")));
        assertTrue(scrape.series("fdsentry_last_sample_timestamp_seconds").isEmpty());
    }

    @Test
    void whatCouldNotBeSeenIsAbsentAndTheReasonIsThere() {
        Scrape scrape = scrape(Detail.ALL, Per.PROCESS, 20_000);
        assertTrue(scrape.series("fdsentry_process_tcp_sockets", "pid=\"900\"").isEmpty());
        assertTrue(scrape.series("fdsentry_process_fds", "pid=\"900\"").isEmpty());
        assertEquals(0, scrape.sum("fdsentry_process_probe_success", "pid=\"900\"", "probe=\"sockets\""));
        assertEquals(
                1,
                scrape.series("fdsentry_process_probe_info", "pid=\"900\"", "probe=\"sockets\"", "\"permission\"")
                        .size());
        assertTrue(scrape.series("fdsentry_process_probe_success", "pid=\"33\"", "goroutines")
                .isEmpty());
        assertEquals(
                Set.of("close_wait", "closed"),
                labels(scrape.series("fdsentry_process_stale_sockets", "pid=\"33\""), "reason"));
    }

    @Test
    void aHealthyProcessExportsTheShortListAndASuspectedOneEverything() {
        Scrape scrape = scrape(Detail.SUSPECTED, Per.PROCESS, 20_000);
        Map<String, Double> all = scrape.series();
        assertEquals(Set.of("33", "34", "900", "4242"), labels(all, "pid"));
        for (String healthy : Set.of("33", "34", "900")) {
            long series = all.keySet().stream()
                    .filter(s -> s.contains("pid=\"" + healthy + "\""))
                    .count();
            assertTrue(series <= ShortList.LONGEST, healthy + " has " + series);
        }
        assertEquals(
                Set.of("established", "close_wait", "closed"),
                labels(scrape.series("fdsentry_process_tcp_sockets", "pid=\"33\""), "state"));
        assertEquals(15, scrape.series("fdsentry_process_fds", "pid=\"4242\"").size());
        assertEquals(
                Set.of("fd_kinds", "sockets"),
                labels(scrape.series("fdsentry_process_probe_success", "pid=\"900\""), "probe"));
    }

    @Test
    void withoutNamedTargetsAutoIsTheShortList() {
        Scrape scrape = Scrape.of(Scenario.board(), Config.DEFAULTS);
        assertTrue(scrape.series("fdsentry_process_fds", "pid=\"33\"").isEmpty());
        assertEquals(1, scrape.series("fdsentry_process_open_fds", "pid=\"33\"").size());
    }

    @Test
    void aTargetSumsItsProcesses() {
        Scrape scrape = scrape(Detail.ALL, Per.TARGET, 20_000);
        assertTrue(labels(scrape.series(), "pid").isEmpty());
        assertTrue(labels(scrape.series(), "pod").isEmpty());
        assertEquals(24 + 76, scrape.sum("fdsentry_process_open_fds", "target=\"nginx\""));
        assertEquals(1024, scrape.sum("fdsentry_process_max_fds", "target=\"nginx\""));
        assertEquals(70, scrape.sum("fdsentry_process_peer_sockets", "target=\"nginx\"", "established"));
        assertEquals(2, scrape.sum("fdsentry_process_leak_state", "target=\"ruler\"", "close_wait"));
        assertEquals(0, scrape.sum("fdsentry_process_probe_success", "target=\"nginx\"", "idle"));
    }

    @Test
    void seriesBeyondTheMaximumAreDroppedDetailFirstAndCounted() {
        int all = scrape(Detail.ALL, Per.PROCESS, 20_000).series().size();
        Scrape some = scrape(Detail.ALL, Per.PROCESS, all - 100);
        assertTrue(some.series("fdsentry_netns_tcp_sockets").isEmpty());
        assertTrue(some.sum("fdsentry_series_dropped_total") >= 22);
        Scrape few = scrape(Detail.ALL, Per.PROCESS, 150);
        assertTrue(few.series("fdsentry_process_fds").isEmpty());
        assertEquals(1, few.series("fdsentry_finding_info").size());
        assertTrue(few.series().size() <= 150, "" + few.series().size());
        assertEquals(
                few.series().keySet(),
                scrape(Detail.ALL, Per.PROCESS, 150).series().keySet());
    }

    @Test
    void droppedSeriesCountOnceARoundHoweverOftenItIsScraped() {
        Exposition exposition = new Exposition("0.1.0", () -> Scenario.MONOTONIC);
        Config config = Scenario.with(Scenario.config(), Scenario.metrics(Detail.ALL, Per.PROCESS, 200));
        exposition.publish(Scenario.board(), config);
        double first = Scrape.of(exposition).sum("fdsentry_series_dropped_total");
        assertTrue(first > 0);
        assertEquals(first, Scrape.of(exposition).sum("fdsentry_series_dropped_total"));
        exposition.publish(Scenario.board(), config);
        assertEquals(2 * first, Scrape.of(exposition).sum("fdsentry_series_dropped_total"));
    }

    @Test
    void afterThreeMissedRoundsOnlyTheRoundItselfIsTold() {
        AtomicLong now = new AtomicLong(Scenario.MONOTONIC);
        Exposition exposition = new Exposition("0.1.0", now::get);
        exposition.publish(Scenario.board(), Scenario.config());
        now.addAndGet(Duration.ofSeconds(45).toNanos());
        assertFalse(Scrape.of(exposition).series("fdsentry_process_open_fds").isEmpty());
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        Scrape stalled = Scrape.of(exposition);
        assertTrue(stalled.series().keySet().stream().noneMatch(s -> s.startsWith("fdsentry_process_")));
        assertTrue(stalled.series("fdsentry_finding_info").isEmpty());
        assertEquals(1, stalled.series("fdsentry_last_sample_timestamp_seconds").size());
        exposition.publish(Scenario.board(), Scenario.config());
    }

    @Test
    void roundsAddUpWhetherScrapedOrNot() {
        Exposition exposition = new Exposition("0.1.0", () -> Scenario.MONOTONIC);
        for (int i = 0; i < 3; i++) {
            exposition.publish(Scenario.board(), Scenario.config());
        }
        Scrape scrape = Scrape.of(exposition);
        assertEquals(3, scrape.sum("fdsentry_sample_duration_seconds_count"));
        assertEquals(3, scrape.sum("fdsentry_probe_errors_total"));
    }

    @Test
    void minimalSelfHasNoJvmSeries() {
        Metrics minimal = new Metrics(Detail.ALL, Per.PROCESS, 20_000, Self.MINIMAL, Map.of());
        Scrape scrape = Scrape.of(Scenario.board(), Scenario.with(Scenario.config(), minimal));
        assertTrue(scrape.series().keySet().stream().noneMatch(s -> s.startsWith("jvm_")));
        assertEquals(1, scrape.series("process_resident_memory_bytes").size());
    }

    @Test
    void constantLabelsThatClashWithOursAreLeftOutRatherThanFailTheScrape() {
        Metrics clash = new Metrics(
                Detail.ALL, Per.PROCESS, 20_000, Self.FULL, Map.of("state", "x", "gc", "y", "le", "z", "dc", "1"));
        Scrape scrape = Scrape.of(Scenario.board(), Scenario.with(Scenario.config(), clash));
        assertEquals(Set.of("1"), labels(scrape.series(), "dc"));
        assertFalse(labels(scrape.series(), "state").contains("x"));
    }

    private static Set<String> labels(Map<String, Double> series, String label) {
        return series.keySet().stream()
                .flatMap(s -> Pattern.compile("[{,]" + label + "=\"([^\"]*)\"")
                        .matcher(s)
                        .results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
