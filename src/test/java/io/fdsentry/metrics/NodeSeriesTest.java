package io.fdsentry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.detect.Detector;
import io.fdsentry.detect.Judgement;
import io.fdsentry.model.Board;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.NetnsSample;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetSample;
import io.fdsentry.testing.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a full node costs in series, and that pods that come and go leave none behind.
class NodeSeriesTest {
    private static final int PODS = 110;
    private static final int PROCESSES = 3;
    private static final int MOST = 8000;
    private static final int REPLACED_EACH_ROUND = 5;
    /// An hour of rounds: 1,200 pods.
    private static final int ROUNDS = 240;
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Pattern POD = Pattern.compile("[{,]pod=\"([^\"]+)\"");

    private final Config config = Config.DEFAULTS;
    private final Detector detector = new Detector();
    private final List<Integer> pods = new ArrayList<>();
    private long now;
    private int started;

    private final Exposition exposition = new Exposition("0.1.0", () -> now);

    @Test
    void hundredsOfPodsAnHourStayWithinTheBoundAndLeaveNothingBehind() {
        for (int pod = 0; pod < PODS; pod++) {
            pods.add(++started);
        }
        round(0);
        Scrape first = Scrape.of(exposition);
        for (int round = 1; round < ROUNDS; round++) {
            for (int i = 0; i < REPLACED_EACH_ROUND; i++) {
                pods.removeFirst();
                pods.add(++started);
            }
            round(round);
        }
        Scrape last = Scrape.of(exposition);

        assertTrue(
                first.series().size() <= MOST,
                "series at first: " + first.series().size());
        assertTrue(
                last.series().size() <= MOST, "series at last: " + last.series().size());
        assertTrue(first.series("fdsentry_process_open_fds").size() == PODS * PROCESSES);
        assertEquals(0, last.sum("fdsentry_series_dropped_total"));
        assertEquals(pods.stream().map(NodeSeriesTest::name).collect(Collectors.toSet()), podsOf(last));
    }

    private static Set<String> podsOf(Scrape scrape) {
        return scrape.series().keySet().stream()
                .map(POD::matcher)
                .filter(pod -> pod.find())
                .map(pod -> pod.group(1))
                .collect(Collectors.toSet());
    }

    private static String name(int pod) {
        return "api-7d4b9c6f58-" + pod;
    }

    private void round(int round) {
        now = Scenario.MONOTONIC + INTERVAL.toNanos() * round;
        Snapshot snapshot = snapshot(round);
        Judgement judgement = detector.judge(snapshot, config);
        exposition.publish(
                new Board(
                        snapshot,
                        judgement.verdicts(),
                        judgement.findings(),
                        Scenario.board().config()),
                config);
    }

    private Snapshot snapshot(int round) {
        Snapshot like = Scenario.board().snapshot();
        ProcessSample healthy = like.processes().stream()
                .filter(process -> process.id().equals(Scenario.PROXY))
                .findFirst()
                .orElseThrow();
        List<ProcessSample> processes = new ArrayList<>();
        List<NetnsSample> namespaces = new ArrayList<>();
        for (int pod : pods) {
            namespaces.add(new NetnsSample(
                    String.valueOf(4_026_530_000L + pod),
                    like.namespaces().getFirst().tcp()));
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(inPod(healthy, pod, i));
            }
        }
        return new Snapshot(
                Scenario.AT.plus(INTERVAL.multipliedBy(round)),
                now,
                Duration.ofMillis(50),
                processes,
                List.of(new TargetSample(healthy.target(), processes.size(), 0)),
                namespaces,
                Map.of(),
                1,
                Map.of());
    }

    private static ProcessSample inPod(ProcessSample like, int pod, int i) {
        int pid = pod * PROCESSES + i;
        return new ProcessSample(
                new ProcessId(pid, pid),
                like.target(),
                like.command(),
                new ContainerName("shop", name(pod), "c" + i, "ab".repeat(32)),
                like.startTime(),
                like.tier(),
                like.openFds(),
                like.fdKinds(),
                like.limits(),
                like.sockets(),
                like.idle(),
                like.threads(),
                null);
    }
}
