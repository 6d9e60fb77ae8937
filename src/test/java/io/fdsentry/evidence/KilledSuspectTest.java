package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.GoroutineSource;
import io.fdsentry.config.Selector;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Board;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Verdict;
import io.fdsentry.sample.Sampler;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process that leaks real sockets, suspected by hand, and killed.
@Tag("real")
class KilledSuspectTest {
    private static final int LEAKED = 60;

    @TempDir
    Path top;

    private static Config config(int pid, Path directory) {
        Config like = Config.DEFAULTS;
        Selector only = new Selector(pid, null, null, null, null, null, null, null, null, null, null);
        TargetConfig target = new TargetConfig(
                "leaky",
                only,
                List.of(),
                false,
                new GoroutineSource.Off(),
                Set.of(),
                Map.of(),
                DetectionConfig.DEFAULTS);
        return new Config(
                like.sampling(),
                List.of(target),
                like.detection(),
                like.peers(),
                like.metrics(),
                new Config.Evidence(directory, 1_000_000, Duration.ofDays(1), null),
                like.state(),
                like.web());
    }

    private static Board board(Snapshot round, ProcessId suspect, LeakState state) {
        List<Verdict> verdicts = List.of(new Verdict(Resource.CLOSE_WAIT, state, 1.0, 1000.0));
        List<Finding> findings = state == LeakState.NONE ? List.of() : List.of(Story.finding(suspect, "leak", state));
        return new Board(
                round, Map.of(suspect, verdicts), findings, Scenario.board().config());
    }

    /// Has a process hold connections that their other end has closed.
    private static void leak(Python leaky, ServerSocket server) throws IOException {
        String connect = "socket.create_connection(('127.0.0.1', " + server.getLocalPort() + "))";
        for (int i = 0; i < LEAKED; i++) {
            leaky.run("hold.append(" + connect + ")");
            server.accept().close();
        }
    }

    private static boolean isLeaking(Snapshot round) {
        return round.processes().stream()
                .map(process -> process.sockets().orNull())
                .anyMatch(sockets -> sockets != null && closeWait(sockets) == LEAKED);
    }

    private static int closeWait(Sockets sockets) {
        return sockets.tcp().get(TcpState.CLOSE_WAIT);
    }

    @Test
    void theLastRecordTellsTheStoryAlone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Python leaky = Python.start();
                Sampler sampler = new Sampler(Path.of("/proc"), Path.of("/"), InstantSource.system())) {
            Config config = config(leaky.pid(), top);
            EvidenceRecorder recorder = new EvidenceRecorder(config.evidence(), DeepLook.NONE);
            recorder.start();
            leak(leaky, server);
            Snapshot round = Await.value(
                    "the sockets", () -> sampler.sample(config, recorder.requests()), KilledSuspectTest::isLeaking);
            ProcessSample process = round.processes().getFirst();
            recorder.onBoard(board(round, process.id(), LeakState.SUSPECTED), config);
            Snapshot next = sampler.sample(config, recorder.requests());
            assertEquals(Set.of(process.id()), next.details().keySet());
            recorder.onBoard(board(next, process.id(), LeakState.CONFIRMED), config);
            leaky.close();
            Snapshot last = Await.value(
                    "the end",
                    () -> sampler.sample(config, recorder.requests()),
                    s -> s.processes().isEmpty());
            recorder.onBoard(board(last, process.id(), LeakState.NONE), config);
            recorder.close(Await.LONG);
            tellsAll("127.0.0.1:" + server.getLocalPort());
        }
    }

    private void tellsAll(String peer) throws IOException {
        EvidenceStore later = EvidenceStore.of(top);
        Map<Occasion, String> ids =
                later.list().stream().collect(Collectors.toMap(EvidenceSummary::occasion, EvidenceSummary::id));
        assertEquals(Set.of(Occasion.SUSPECTED, Occasion.CONFIRMED, Occasion.ENDED), ids.keySet());
        EvidenceRecord last = later.get(ids.getOrDefault(Occasion.ENDED, ""));
        assertNotNull(last);
        Sockets sockets = last.process().sockets().orNull();
        assertNotNull(sockets);
        assertEquals(LEAKED, closeWait(sockets));
        assertTrue(last.sockets().of() >= LEAKED);
        assertTrue(
                last.sockets().kept().stream().anyMatch(socket -> socket.peer().equals(peer)));
        String report = Report.of(last);
        for (String part :
                List.of("CONFIRMED, and the process has ended: leaky", "60  close_wait", peer, "recv  send")) {
            assertTrue(report.contains(part), part + " is not in\n" + report);
        }
    }
}
