package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Fdsentry.Ended;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `fdsentry run` as a process of its own: how it starts, is told to reload, fails, and ends.
@Tag("real")
class RunTest {
    private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";
    private static final Pattern LOGFMT = Pattern.compile(
            "ts=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d) level=(debug|info|warn|error) msg=\"(?:[^\"\\\\]|\\\\.)*\""
                    + "(?: [^\\s=\"]+=(?:[^\\s=\"]*|\"(?:[^\"\\\\]|\\\\.)*\"))*");

    @TempDir
    Path directory;

    @Test
    void onceWritesTheMetricsAndEnds() throws Exception {
        Ended ended = Fdsentry.run(directory, "run", "--once");
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().contains("\nfdsentry_target_processes{target=\"java\"} "), ended.out());
        assertTrue(ended.out().lines().allMatch(line -> line.startsWith("#") || line.matches("\\w+(\\{.*})? \\S+")));
        assertTrue(ended.err().contains("no targets are configured: watching every process"), ended.err());
        assertLogfmt(ended.err());
    }

    @Test
    void onceWithNothingMatchedIsAWarning() throws Exception {
        config("targets: [{name: none, match: {comm: there-is-none}}]");
        Ended ended = Fdsentry.run(directory, "run", "--once");
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.err().contains("level=warn msg=\"no process matched\""), ended.err());
        assertTrue(ended.out().contains("fdsentry_target_processes{target=\"none\"} 0"), ended.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsWithZeroWhenItIsAskedTo(String signal) throws Exception {
        try (Fdsentry fdsentry = Fdsentry.start(directory, "run", ANY_PORT)) {
            fdsentry.awaitLog("msg=\"first round\"");
            fdsentry.signal(signal);
            Ended ended = fdsentry.end();
            assertEquals(0, ended.exitCode(), ended.err());
            assertTrue(ended.err().contains("msg=\"stopping\""), ended.err());
            assertLogfmt(ended.err());
        }
    }

    @Test
    void aHangupThatComesEarlyIsAReload() throws Exception {
        config("sampling: {interval: 1h}");
        try (Fdsentry fdsentry = Fdsentry.start(directory, "run", ANY_PORT)) {
            fdsentry.awaitLog("msg=\"starting\"");
            fdsentry.signal("HUP");
            Await.until("loaded twice", () -> count(fdsentry.log(), "msg=\"configuration loaded\"") == 2);
            assertTrue(fdsentry.isAlive());
        }
    }

    @Test
    void hangupsReloadWhileItIsScraped() throws Exception {
        config("{sampling: {interval: 1s}, targets: [{name: before, match: {comm: java}}]}");
        try (Fdsentry fdsentry = Fdsentry.start(directory, "run", ANY_PORT)) {
            Await.until("the old target", () -> fdsentry.get("/metrics").body().contains("target=\"before\""));
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger good = new AtomicInteger();
            AtomicInteger bad = new AtomicInteger();
            List<Thread> scrapers = List.of(scraper(fdsentry, stop, good, bad), scraper(fdsentry, stop, good, bad));
            for (int i = 0; i < 5; i++) {
                config("{sampling: {interval: 1s}, targets: [{name: after%d, match: {comm: java}}]}".formatted(i));
                fdsentry.signal("HUP");
                String target = "target=\"after" + i + "\"";
                Await.until(target, () -> fdsentry.get("/metrics").body().contains(target));
            }
            stop.set(true);
            for (Thread scraper : scrapers) {
                scraper.join();
            }
            assertEquals(0, bad.get());
            assertTrue(good.get() > 0);
            String metrics = fdsentry.get("/metrics").body();
            assertTrue(metrics.contains("fdsentry_config_last_reload_successful 1.0"), metrics);
            assertFalse(metrics.contains("target=\"before\""), metrics);
        }
    }

    private static Thread scraper(Fdsentry fdsentry, AtomicBoolean stop, AtomicInteger good, AtomicInteger bad) {
        return Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                try {
                    HttpResponse<String> answer = fdsentry.get("/metrics");
                    boolean whole = answer.statusCode() == 200 && answer.body().contains("\nfdsentry_build_info{");
                    (whole ? good : bad).incrementAndGet();
                } catch (IOException | InterruptedException e) {
                    bad.incrementAndGet();
                }
            }
        });
    }

    @Test
    void aChangedFileIsTakenUpAndAWrongOneKeepsTheOld() throws Exception {
        config("targets: [{name: first, match: {comm: java}}]");
        try (Fdsentry fdsentry = Fdsentry.start(directory, "run", ANY_PORT)) {
            Await.until("first", () -> fdsentry.get("/metrics").body().contains("target=\"first\""));
            config("targets: [{name: second, match: {comm: java}}]");
            Await.until("second", () -> fdsentry.get("/metrics").body().contains("target=\"second\""));
            config("targets: [{name: third, match: {comm: java}, colour: red}]\nsampling: {interval: 1}");
            fdsentry.awaitLog("the old one stays in force");
            Await.until("told in metrics", () -> fdsentry.get("/metrics").body().contains("reload_successful 0.0"));
            assertTrue(fdsentry.get("/metrics").body().contains("target=\"second\""));
            assertEquals(2, count(fdsentry.log(), "level=error msg=\"configuration problem\""), fdsentry.log());
        }
    }

    @Test
    void reloadsByHttpWhereThatIsAllowed() throws Exception {
        config("web: {lifecycle: true}");
        try (Fdsentry fdsentry = Fdsentry.start(directory, "run", ANY_PORT)) {
            assertEquals(200, fdsentry.post("/-/reload").statusCode());
            config("web: {lifecycle: perhaps}");
            HttpResponse<String> refused = fdsentry.post("/-/reload");
            assertEquals(500, refused.statusCode());
            assertTrue(refused.body().contains("config.yaml:1:18: web.lifecycle: "), refused.body());
            config("web: {lifecycle: false}");
            fdsentry.signal("HUP");
            Await.until("switched off", () -> fdsentry.post("/-/reload").statusCode() == 403);
        }
    }

    @Test
    void aWrongConfigurationEndsWithTwoAndEveryProblem() throws Exception {
        config("sampling: {interval: 1}\nwebb: {}");
        Ended ended = Fdsentry.run(directory, "run", ANY_PORT);
        assertEquals(2, ended.exitCode(), ended.err());
        assertTrue(ended.err().contains("problem=\"config.yaml:1:22: sampling.interval: "), ended.err());
        assertTrue(ended.err().contains("problem=\"config.yaml:2:1: webb: "), ended.err());
        assertLogfmt(ended.err());
    }

    @Test
    void aFileThatIsNamedMustBeThere() throws Exception {
        Ended ended = Fdsentry.run(directory, "run", ANY_PORT, "--config.file=none.yaml");
        assertEquals(2, ended.exitCode(), ended.err());
        assertTrue(ended.err().contains("none.yaml"), ended.err());
    }

    @Test
    void aSidecarRunsOnDefaultsUntilItsConfigurationIsRight() throws Exception {
        config("sampling: {interval: 1}");
        try (Fdsentry fdsentry = Fdsentry.start(directory, "run", ANY_PORT, "--config.on-error=defaults")) {
            Await.until("told in metrics", () -> fdsentry.get("/metrics").body().contains("reload_successful 0.0"));
            config("targets: [{name: right, match: {comm: java}}]");
            Await.until("right", () -> fdsentry.get("/metrics").body().contains("target=\"right\""));
            assertTrue(fdsentry.get("/metrics").body().contains("reload_successful 1.0"));
        }
    }

    @Test
    void aPortInUseEndsIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = Fdsentry.run(directory, "run", "--web.listen-address=127.0.0.1:" + taken.getLocalPort());
            assertEquals(1, ended.exitCode(), ended.err());
            assertTrue(ended.err().contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()), ended.err());
            assertLogfmt(ended.err());
        }
    }

    @Test
    void aSidecarTriesAgainUntilThePortIsFree() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (Fdsentry fdsentry = Fdsentry.start(
                directory,
                "run",
                "--config.on-error=defaults",
                "--web.listen-address=127.0.0.1:" + taken.getLocalPort())) {
            fdsentry.awaitLog("msg=\"first round\"");
            assertTrue(fdsentry.log().contains("cannot listen on"), fdsentry.log());
            taken.close();
            assertEquals(taken.getLocalPort(), fdsentry.port());
            assertEquals(1, count(fdsentry.log(), "cannot listen on"), fdsentry.log());
        } finally {
            taken.close();
        }
    }

    @Test
    void aSidecarServesNothingUnprotectedThatWasToBeProtected() throws Exception {
        Path web = Files.writeString(directory.resolve("web.yaml"), "basic_auth_users: {me: plain}");
        Ended refused = Fdsentry.run(directory, "run", ANY_PORT, "--web.config.file=web.yaml");
        assertEquals(2, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("web.yaml:1:24: basic_auth_users.me: "), refused.err());
        try (Fdsentry fdsentry = Fdsentry.start(
                directory, "run", ANY_PORT, "--web.config.file=web.yaml", "--config.on-error=defaults")) {
            fdsentry.awaitLog("msg=\"first round\"");
            assertFalse(fdsentry.log().contains("msg=\"listening\""), fdsentry.log());
            Files.writeString(
                    web, "basic_auth_users: {me: $2y$04$abcdefghijklmnopqrstuuTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT}");
            assertEquals(401, fdsentry.get("/metrics").statusCode());
        }
    }

    @Test
    void aFullDiskIsSaidAndAReaderThatLeavesIsNot() throws Exception {
        assertEquals("1 fdsentry: standard output cannot be written: No space left on device", onceInto("> /dev/full"));
        assertEquals("0 ", onceInto("| head -n 1 > /dev/null; exit $PIPESTATUS"));
    }

    /// Exit code and what is said besides the log.
    private String onceInto(String redirection) throws Exception {
        String command = Fdsentry.commandLine("run", "--once", "--log.level=error") + " 2> said " + redirection;
        Process shell = new ProcessBuilder(Needs.program("bash").toString(), "-c", command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        return shell.waitFor() + " "
                + Files.readString(directory.resolve("said")).strip();
    }

    @Test
    void onAnotherSystemItSaysSo() throws Exception {
        try (Fdsentry fdsentry = Fdsentry.start(directory, List.of("-Dos.name=Mac OS X"), "run", ANY_PORT)) {
            Ended ended = fdsentry.end();
            assertEquals(1, ended.exitCode());
            assertEquals("fdsentry: runs on Linux only, since it reads /proc; this is Mac OS X\n", ended.err());
        }
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }

    private static void assertLogfmt(String log) {
        log.lines().forEach(line -> assertTrue(LOGFMT.matcher(line).matches(), line));
    }

    /// Puts another file in its place, as editors and Kubernetes do.
    private void config(String yaml) throws IOException {
        Path next = Files.writeString(directory.resolve("next.yaml"), yaml);
        Files.move(next, directory.resolve("config.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
}
