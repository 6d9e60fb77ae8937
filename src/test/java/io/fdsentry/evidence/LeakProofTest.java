package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.golang.http.CountProfile;
import io.fdsentry.golang.http.Pprof;
import io.fdsentry.golang.http.StackDump;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Requests;
import io.fdsentry.sample.Sampler;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoServer;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Go 1.27 proves to be leaked, of a real program: `leaky.go`, in which as many goroutines wait for a channel
/// that nobody else has as for one that is kept.
@Tag("real")
class LeakProofTest {
    private static final int LEAKED = 7;
    private static final String PLACE = "\tmain.forget+";

    @TempDir
    Path top;

    private Path program = Path.of("");

    @BeforeEach
    void build() {
        program = GoProgram.build("1.27", "leaky", Style.STRIPPED, top);
    }

    @Test
    void itIsFetchedAndTheLeakedStayBlockedWhateverTheRuntimeRemarks() throws IOException {
        try (GoServer go = GoServer.start(program, LEAKED, 0)) {
            Pprof pprof = new Pprof(go.url());
            untilAllWait(pprof);

            CountProfile proof = Seen.of(pprof.leaks(10_000));
            StackDump dump = Seen.of(pprof.stacks(Duration.ZERO, 10_000));

            assertEquals(LEAKED, proof.total());
            assertProven(proof.text());
            assertEquals(LEAKED, dump.blocked().get("chan send"), () -> dump.blocked() + "");
            assertEquals(LEAKED, dump.blocked().get("chan receive"), () -> dump.blocked() + "");
        }
    }

    @Test
    void itIsInTheEvidence() throws IOException {
        try (GoServer go = GoServer.start(program, LEAKED, 0);
                Sampler sampler = new Sampler(Path.of("/proc"), Path.of("/"), InstantSource.system())) {
            untilAllWait(new Pprof(go.url()));
            ProcessSample process = sampled(sampler, go);

            EvidenceRecord record = recorded(process, new DeepLook() {
                @Override
                public String goroutines(ProcessId id) {
                    return sampler.goroutines(id, 100_000);
                }
            });

            assertProven(record.goroutineDump());
            assertTrue(record.goroutineDump().contains("\ngoroutine profile: total "), record::goroutineDump);
            assertTrue(
                    Report.of(record).contains("goroutineleak profile: total " + LEAKED + "\n"),
                    () -> Report.of(record));
        }
    }

    private static void untilAllWait(Pprof pprof) {
        Await.until("all to wait", () -> {
            Map<String, Integer> blocked =
                    Seen.of(pprof.stacks(Duration.ZERO, 0)).blocked();
            return blocked.getOrDefault("chan send", 0) == LEAKED && blocked.getOrDefault("chan receive", 0) == LEAKED;
        });
    }

    private static void assertProven(String text) {
        assertTrue(text.startsWith("goroutineleak profile: total " + LEAKED + "\n" + LEAKED + " @ 0x"), text);
        assertTrue(
                Pattern.compile(PLACE + "\\S+\t\\S*leaky\\.go:17\n")
                                .splitAsStream(text)
                                .count()
                        >= 2,
                text);
        String proof = text.substring(0, text.indexOf("\n\n"));
        assertTrue(proof.contains("main.forget") && !proof.contains("main.listen"), text);
    }

    /// Rounds until the process answered over HTTP.
    private static ProcessSample sampled(Sampler sampler, GoServer go) {
        String yaml =
                "targets: [{name: it, goroutines: {pprof: '%s'}, match: {pid: %d}}]\n".formatted(go.url(), go.pid());
        Config config = (Config) assertInstanceOf(Loaded.Valid.class, ConfigLoader.parse("test", yaml, Map.of()))
                .value();
        return Await.value(
                "its goroutines",
                () -> sampler.sample(config, Requests.NONE).processes().stream()
                        .filter(process -> process.id().pid() == go.pid())
                        .findFirst()
                        .orElseThrow(),
                process -> process.goroutines() != null && process.goroutines().isSeen());
    }

    /// What is kept of it when it is suspected.
    private EvidenceRecord recorded(ProcessSample process, DeepLook look) throws IOException {
        Config.Evidence config = EvidenceStoreTest.config(top.resolve("evidence"));
        Config whole = EvidenceRecorderTest.with(config);
        EvidenceRecorder recorder = new EvidenceRecorder(config, look);
        recorder.start();
        recorder.onBoard(Story.board(0, List.of(process), LeakState.SUSPECTED, Map.of()), whole);
        recorder.onBoard(
                Story.board(1, List.of(process), LeakState.SUSPECTED, Map.of(process.id(), Story.SOCKETS)), whole);
        List<EvidenceSummary> kept =
                Await.value("the record", () -> EvidenceStoreTest.store(config).list(), records -> !records.isEmpty());
        recorder.close(Await.LONG);
        EvidenceStore store = EvidenceStoreTest.store(config);
        return Objects.requireNonNull(store.get(kept.getFirst().id()));
    }
}
