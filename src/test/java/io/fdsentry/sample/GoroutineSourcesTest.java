package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.Loaded;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Requests;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoServer;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where goroutines are read, as `goroutines` of a target says; with a real Go program that has a thousand stuck ones.
@Tag("real")
class GoroutineSourcesTest {
    private static final int STUCK = 1000;

    @TempDir
    static Path directory;

    private final Sampler sampler = new Sampler(Path.of("/proc"), Path.of("/"), InstantSource.system());

    @AfterEach
    void close() {
        sampler.close();
    }

    @Test
    void memoryIsTheDefaultOfANamedTarget() throws Exception {
        try (GoServer go = start()) {
            Config config = config("", go.pid());

            Goroutines seen = read(
                    config, go, Requests.NONE, goroutines -> !goroutines.sites().isEmpty());

            assertEquals(Goroutines.Source.NATIVE, seen.source());
            assertTrue(seen.count() >= STUCK + 1 && seen.count() < STUCK + 10, () -> seen + "");
            assertSite(seen);
        }
    }

    @Test
    void offIsOffAndAProgramThatIsNotGoHasNone() throws Exception {
        try (GoServer go = start()) {
            assertNull(round(config("goroutines: off,", go.pid()), Requests.NONE, go.pid())
                    .goroutines());
            long self = ProcessHandle.current().pid();
            assertNull(round(config("", self), Requests.NONE, self).goroutines());
        }
    }

    @Test
    void pprofTellsTheCountAndPlacesOnlyOnSuspicion() throws Exception {
        try (GoServer go = start()) {
            Config config = waitingAtAll(config("goroutines: {pprof: '" + go.url() + "'},", go.pid()));

            Goroutines healthy = read(config, go, Requests.NONE, _ -> true);
            Requests suspicion =
                    new Requests(Set.of(round(config, Requests.NONE, go.pid()).id()));
            Goroutines suspected = read(
                    config, go, suspicion, goroutines -> !goroutines.sites().isEmpty());

            assertEquals(Goroutines.Source.PPROF, healthy.source());
            assertTrue(healthy.count() >= STUCK && healthy.count() < STUCK + 30, () -> healthy + "");
            assertEquals(0, healthy.sites().size());
            assertSite(suspected);
        }
    }

    @Test
    void metricsTellACount() throws Exception {
        try (GoServer go = start()) {
            Config config = config("goroutines: {metrics: '" + go.url() + "/metrics'},", go.pid());

            Goroutines seen = read(config, go, Requests.NONE, _ -> true);

            assertEquals(Goroutines.Source.METRICS, seen.source());
            assertTrue(seen.count() >= STUCK && seen.count() < STUCK + 30, () -> seen + "");
        }
    }

    @Test
    void whereMemoryIsOfNoUseTheTargetsOwnPortsAreAsked() throws Exception {
        try (GoServer go = GoServer.start(ofUnknownRelease(), STUCK, 2)) {
            Config config = config("goroutines: auto,", go.pid());

            Goroutines seen = read(config, go, Requests.NONE, _ -> true);

            assertEquals(Goroutines.Source.PPROF, seen.source());
            assertTrue(seen.count() >= STUCK && seen.count() < STUCK + 30, () -> seen + "");
            assertTrue(seen.instead().startsWith("memory: "), seen::instead);
        }
    }

    /// A program that UPX packed may be of Go: memory is refused with the reason, and its own port tells.
    @Test
    void aPackedProgramIsAskedOnItsOwnPort() throws Exception {
        Path packed = Files.copy(GoServer.program(directory), directory.resolve("packed"));
        Process upx = new ProcessBuilder(Needs.program("upx").toString(), "-1", "-q", packed.toString())
                .redirectErrorStream(true)
                .start();
        upx.getInputStream().readAllBytes();
        assertEquals(0, upx.waitFor());
        try (GoServer go = GoServer.start(packed, STUCK, 2)) {
            Goroutines seen = read(config("goroutines: auto,", go.pid()), go, Requests.NONE, _ -> true);

            assertEquals(Goroutines.Source.PPROF, seen.source());
            assertTrue(seen.count() >= STUCK && seen.count() < STUCK + 30, () -> seen + "");
            assertTrue(seen.instead().startsWith("memory: a program packed by UPX"), seen::instead);
        }
    }

    @Test
    void withoutAnotherSourceTheReasonIsTold() throws Exception {
        try (GoServer go = GoServer.start(ofUnknownRelease(), STUCK, 2)) {
            Outcome<Goroutines> seen =
                    round(config("", go.pid()), Requests.NONE, go.pid()).goroutines();

            String why = assertInstanceOf(Outcome.Unsupported.class, seen).what();
            assertTrue(why.contains("1.9"), why);
        }
    }

    @Test
    void oneUrlIsOfTheProcessThatListensThere() throws Exception {
        try (GoServer one = start();
                GoServer other = start()) {
            Config config = parse(
                    "targets: [{name: go, match: {exe: '.*/pprofed'}, goroutines: {pprof: '" + one.url() + "'}}]");

            Goroutines seen = read(config, one, Requests.NONE, _ -> true);
            Outcome<Goroutines> ofOther =
                    round(config, Requests.NONE, other.pid()).goroutines();

            assertTrue(seen.count() >= STUCK, () -> seen + "");
            assertInstanceOf(Outcome.Unsupported.class, ofOther);
        }
    }

    @Test
    void anEndpointThatHangsCostsTheRoundsNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            long self = ProcessHandle.current().pid();
            Config config = config("goroutines: {pprof: '" + url + "'},", self);

            for (int i = 0; i < 20; i++) {
                assertNull(round(config, Requests.NONE, self).goroutines(), "nothing is known before an answer");
            }
            silent.accept().close();
            Await.until(
                    "the broken answer",
                    () -> round(config, Requests.NONE, self).goroutines() instanceof Outcome.Failed);
        }
    }

    @Test
    void allStacksAreToldForTheEvidenceFromMemoryAndFromPprof() throws Exception {
        for (boolean pprof : new boolean[] {false, true}) {
            try (GoServer go = start()) {
                Config config = config(pprof ? "goroutines: {pprof: '" + go.url() + "'}," : "", go.pid());
                read(config, go, Requests.NONE, _ -> true);
                ProcessSample process = round(config, Requests.NONE, go.pid());

                String dump = sampler.goroutines(process.id(), 100_000);

                assertTrue(dump.startsWith("goroutine profile: total 10"), dump);
                assertTrue(dump.contains("main.wait") && dump.contains("" + STUCK), dump);
                assertEquals("", sampler.goroutines(new ProcessId(1, 1), 100));
            }
        }
    }

    @Test
    void aJvmTellsHowManyThreadsItHasStarted() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Waiting.class.getName())
                .start();
        try {
            Config config = config("", jvm.pid());
            Await.until("its counts", () -> {
                var threads = round(config, Requests.NONE, jvm.pid()).threads().orNull();
                return threads != null && threads.jvm() != null && threads.jvm().started() > 5;
            });
        } finally {
            jvm.destroyForcibly();
        }
    }

    /// A JVM that does nothing.
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] args) throws InterruptedException {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void assertSite(Goroutines seen) {
        Goroutines.Site site = seen.sites().getFirst();
        assertTrue(site.function().startsWith("main.wait pprofed.go:23"), site::function);
        assertTrue(site.createdBy().startsWith("main.main pprofed.go:31"), site::createdBy);
        assertEquals(STUCK, site.count());
        assertEquals(STUCK, seen.blocked().get(site.reason()));
    }

    private static GoServer start() throws IOException {
        return GoServer.start(GoServer.program(directory), STUCK, 2);
    }

    /// The same program, whose build information tells a release that is not known.
    private static Path ofUnknownRelease() throws IOException {
        Path changed = directory.resolve("future");
        String text = Files.readString(GoServer.program(directory), StandardCharsets.ISO_8859_1);
        int version = text.indexOf("go1.", text.indexOf("\u00ff Go buildinf:"));
        String release = text.substring(version, version + 6);
        Files.writeString(
                changed,
                text.substring(0, version) + "go1.9" + release.charAt(5) + text.substring(version + 6),
                StandardCharsets.ISO_8859_1);
        assertTrue(changed.toFile().setExecutable(true));
        return changed;
    }

    private interface Wish {
        boolean suits(Goroutines goroutines);
    }

    /// Rounds until there are goroutines that suit.
    private Goroutines read(Config config, GoServer go, Requests requests, Wish wish) {
        return Objects.requireNonNull(Await.value(
                "goroutines",
                () -> goroutines(round(config, requests, go.pid())),
                seen -> seen != null && wish.suits(seen)));
    }

    private static @Nullable Goroutines goroutines(ProcessSample process) {
        Outcome<Goroutines> seen = process.goroutines();
        return seen == null ? null : seen.orNull();
    }

    private ProcessSample round(Config config, Requests requests, long pid) {
        return Watching.of(sampler.sample(config, requests), pid);
    }

    private static Config config(String goroutines, long pid) {
        return parse("targets: [{name: it, " + goroutines + " match: {pid: " + pid
                + "}}]\ndetection: {blocked_after: 1s, time_scale: 1000}");
    }

    /// In minutes, as pprof tells waits, all of this is too short to be blocked.
    private static Config waitingAtAll(Config config) {
        TargetConfig target = config.targets().getFirst();
        DetectionConfig scaled = target.detection();
        DetectionConfig detection = new DetectionConfig(
                scaled.stuckAfter(), scaled.idleAfter(), Duration.ZERO, scaled.pageBefore(), scaled.timeScale());
        TargetConfig changed = new TargetConfig(
                target.name(),
                target.match(),
                target.exclude(),
                target.children(),
                target.goroutines(),
                target.require(),
                target.labels(),
                detection);
        return new Config(
                config.sampling(),
                List.of(changed),
                config.detection(),
                config.peers(),
                config.metrics(),
                config.evidence(),
                config.state(),
                config.web());
    }

    private static Config parse(String yaml) {
        Loaded<Config> loaded = ConfigLoader.parse("test", yaml + "\n", Map.of());
        return (Config) assertInstanceOf(Loaded.Valid.class, loaded).value();
    }
}
