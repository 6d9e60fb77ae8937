package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.ProcessId;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceRecorderTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final DeepLook LOOK = new DeepLook() {
        @Override
        public Sampled<FdDetail> fds(ProcessId process, int most) {
            return new Sampled<>(1, List.of(new FdDetail(3, FdKind.SOCKET, "socket:[880001]")));
        }

        @Override
        public String goroutines(ProcessId process) {
            return "goroutine 1 [running]:\n";
        }
    };

    @TempDir
    Path top;

    static Config with(Config.Evidence evidence) {
        Config like = Scenario.config();
        return new Config(
                like.sampling(),
                like.targets(),
                like.detection(),
                like.peers(),
                like.metrics(),
                evidence,
                like.state(),
                like.web());
    }

    private static List<Occasion> occasions(EvidenceStore store) throws IOException {
        return store.list().reversed().stream().map(EvidenceSummary::occasion).toList();
    }

    /// The end may come at any moment of a look: also when it is just over and its record is being written.
    @Test
    void anEndInTheMomentAfterALookLosesNothing() throws Exception {
        for (int pause = 0; pause < 300; pause++) {
            int spins = pause * 10;
            CountDownLatch looked = new CountDownLatch(1);
            DeepLook quick = new DeepLook() {
                @Override
                public String goroutines(ProcessId process) {
                    looked.countDown();
                    for (int spin = 0; spin < spins; spin++) {
                        Thread.onSpinWait();
                    }
                    return "goroutine 1 [running]:\n";
                }
            };
            Config config = with(EvidenceStoreTest.config(top.resolve("at" + pause)));
            EvidenceRecorder recorder = new EvidenceRecorder(config.evidence(), quick);
            recorder.start();
            recorder.onBoard(Story.round(0, LeakState.SUSPECTED), config);
            recorder.onBoard(Story.withSockets(1, LeakState.SUSPECTED), config);
            assertTrue(looked.await(60, TimeUnit.SECONDS));
            recorder.close(LONG);
            assertEquals(List.of(Occasion.SUSPECTED), occasions(EvidenceStoreTest.store(config.evidence())));
        }
    }

    @Test
    void aSuspectThatIsKilledLeavesTheWholeStoryOnDisk() throws IOException {
        Config config = with(EvidenceStoreTest.config(top));
        EvidenceRecorder recorder = new EvidenceRecorder(config.evidence(), LOOK);
        recorder.start();
        for (int round = 0; round < 100; round++) {
            recorder.onBoard(Story.round(round, LeakState.NONE), config);
        }
        recorder.onBoard(Story.round(100, LeakState.SUSPECTED), config);
        assertEquals(1, recorder.requests().details().size());
        recorder.onBoard(Story.withSockets(101, LeakState.SUSPECTED), config);
        recorder.onBoard(Story.withSockets(102, LeakState.CONFIRMED), config);
        // Rounds come seconds apart: what was looked up for the records before is there when the process ends.
        Await.until(
                "the records before the end",
                () -> occasions(EvidenceStoreTest.store(config.evidence())).size() == 2);
        recorder.onBoard(Story.without(103), config);
        recorder.close(LONG);

        EvidenceStore later = EvidenceStoreTest.store(config.evidence());
        assertEquals(List.of(Occasion.SUSPECTED, Occasion.CONFIRMED, Occasion.ENDED), occasions(later));
        EvidenceRecord last = later.get(later.list().getFirst().id());
        assertNotNull(last);
        assertEquals(Story.SOCKETS.size(), last.sockets().of());
        assertEquals("goroutine 1 [running]:\n", last.goroutineDump(), "of the record before");
        assertEquals(1, last.fds().of());
        assertTrue(last.history().size() > CountHistory.RING);
        assertTrue(Report.of(last).startsWith("CONFIRMED, and the process has ended: ruler (pid 4242)\n\n4,180 of"));
    }

    @Test
    void whatIsPendingIsOutAtTheEnd() throws IOException {
        Config config = with(EvidenceStoreTest.config(top));
        EvidenceRecorder recorder = new EvidenceRecorder(config.evidence(), LOOK);
        recorder.start();
        recorder.onBoard(Story.round(0, LeakState.SUSPECTED), config);
        recorder.close(LONG);
        assertEquals(List.of(Occasion.SUSPECTED), occasions(EvidenceStoreTest.store(config.evidence())));
    }

    @Test
    void neitherALookThatHangsNorAServerThatIsSilentKeepsTheRecord() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        DeepLook hangs = new DeepLook() {
            @Override
            public String goroutines(ProcessId process) {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    return "";
                }
                return "never";
            }
        };
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            Config config = with(new Config.Evidence(top, 1_000_000, Duration.ofDays(36_500), url));
            EvidenceRecorder recorder = new EvidenceRecorder(config.evidence(), hangs);
            recorder.start();
            recorder.onBoard(Story.withSockets(0, LeakState.SUSPECTED), config);
            entered.await();
            recorder.onBoard(Story.withSockets(1, LeakState.CONFIRMED), config);
            recorder.close(Duration.ofSeconds(2));
            Await.until(
                    "both records",
                    () -> occasions(EvidenceStoreTest.store(config.evidence()))
                            .equals(List.of(Occasion.SUSPECTED, Occasion.CONFIRMED)));
        }
    }

    @Test
    void anotherDirectoryIsUsedFromTheNextRecordOn() throws IOException {
        Config first = with(EvidenceStoreTest.config(null));
        Config second = with(EvidenceStoreTest.config(top));
        EvidenceRecorder recorder = new EvidenceRecorder(first.evidence(), DeepLook.NONE);
        recorder.start();
        recorder.onBoard(Story.withSockets(0, LeakState.SUSPECTED), first);
        recorder.onBoard(Story.withSockets(1, LeakState.CONFIRMED), second);
        recorder.close(LONG);
        EvidenceStore later = EvidenceStoreTest.store(second.evidence());
        assertEquals(List.of(Occasion.SUSPECTED, Occasion.CONFIRMED), occasions(later));
    }
}
