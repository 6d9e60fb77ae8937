package io.fdsentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.FarEnd;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Python;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The distribution watches a process that leaks, the process is killed, and fdsentry is ended while the place that
/// records are pushed to does not answer. What is left tells the story alone: on disk, and in the log.
@Tag("real")
class KilledSuspectIT {
    private static final Pattern CONVICTED = Pattern.compile("\"state\": ?\"(confirmed|urgent)\"");

    @TempDir
    Path directory;

    /// Where records are pushed to; it takes those of a living process and never answers for that of a dead one.
    private static final class Archive implements AutoCloseable {
        private final HttpServer server;
        private final CountDownLatch never = new CountDownLatch(1);
        private final Map<String, String> pushed = new ConcurrentHashMap<>();

        Archive() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                String id = exchange.getRequestURI().getPath().substring(1);
                pushed.put(id, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                if (id.endsWith("-ended")) {
                    awaitNever();
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
        }

        private void awaitNever() {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        int port() {
            return server.getAddress().getPort();
        }

        String pushedFor(String occasion) {
            return pushed.entrySet().stream()
                    .filter(record -> record.getKey().endsWith("-" + occasion))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }

        @Override
        public void close() {
            never.countDown();
            server.stop(0);
        }
    }

    @Test
    void whatIsLeftTellsTheStoryAlone() throws Exception {
        try (Archive archive = new Archive();
                FarEnd controller = FarEnd.listening();
                Python suspect = Python.start()) {
            configure(suspect.pid(), archive.port());
            String peer = "127.0.0.1:" + controller.port();
            try (Fdsentry fdsentry = Fdsentry.startDistribution(directory, "run", "--web.listen-address=127.0.0.1:0")) {
                fdsentry.awaitLog("msg=\"first round\"");
                leakUntilConfirmed(suspect, controller, fdsentry);
                suspect.close();
                Await.until("the last record", () -> !archive.pushedFor("ended").isEmpty());
                long asked = System.nanoTime();
                fdsentry.signal("TERM");
                Fdsentry.Ended ended = fdsentry.end();
                System.out.printf(
                        "ended %d ms after SIGTERM, a push pending%n", (System.nanoTime() - asked) / 1_000_000);
                assertEquals(0, ended.exitCode(), ended.err());
                assertTellsAll(ended.err(), peer);
            }
            assertTrue(archive.pushedFor("confirmed").contains(peer), "pushed while it lived");
            assertTrue(archive.pushedFor("ended").contains(peer), "pushed when it had ended");
        }
        assertShown();
    }

    private void configure(int pid, int archive) throws IOException {
        Files.writeString(directory.resolve("config.yaml"), """
                sampling: {interval: 1s}
                detection: {time_scale: 20}
                evidence: {directory: %s, push_url: 'http://127.0.0.1:%d'}
                targets:
                  - {name: heartbeat, match: {pid: %d}}
                """.formatted(directory.resolve("evidence"), archive, pid));
    }

    /// Most of it before the waiting begins, so that the deadline is for the verdict alone.
    private static void leakUntilConfirmed(Python suspect, FarEnd controller, Fdsentry fdsentry) {
        for (int i = 0; i < 60; i++) {
            leak(suspect, controller);
        }
        Await.until("the verdict and its reason", () -> {
            leak(suspect, controller);
            String findings = fdsentry.get("/api/v1/findings").body();
            return CONVICTED.matcher(findings).find() && findings.contains("response_body_not_closed");
        });
    }

    private static void leak(Python suspect, FarEnd controller) {
        suspect.run("hold.append(socket.create_connection(('127.0.0.1', %d)))".formatted(controller.port()));
        suspect.run("time.sleep(0.15)");
        controller.accept(1).close(1);
    }

    private static void assertTellsAll(String log, String peer) {
        List<String> lines =
                log.lines().filter(line -> line.contains("msg=\"evidence: ")).toList();
        assertTrue(lines.size() >= 2, log);
        String last = lines.getLast();
        for (String part : List.of(
                "target=heartbeat",
                "cause=response_body_not_closed",
                "role=holder",
                "are CLOSE_WAIT towards " + peer,
                "close_wait=",
                "fd_limit=",
                "peer1=\"out " + peer)) {
            assertTrue(last.contains(part), part + " is not in " + last);
        }
        assertTrue(lines.stream().allMatch(line -> line.getBytes(UTF_8).length <= 8192), log);
    }

    private void assertShown() throws IOException {
        String store = "--evidence.directory=" + directory.resolve("evidence");
        String id;
        try (Stream<Path> files = Files.list(directory.resolve("evidence"))) {
            id = files.map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
                    .filter(name -> name.endsWith("-ended"))
                    .findFirst()
                    .orElseThrow();
        }
        String list = output("evidence", "list", store);
        assertTrue(list.contains(id), list);
        String story = output("evidence", "show", id, store);
        for (String part : List.of(
                "and the process has ended: heartbeat",
                "responses are not being closed",
                "\\d+ +close_wait",
                "recv +send",
                "python")) {
            assertTrue(Pattern.compile(part).matcher(story).find(), part + " is not in\n" + story);
        }
    }

    private String output(String... args) throws IOException {
        try (Fdsentry command = Fdsentry.startDistribution(directory, args)) {
            Fdsentry.Ended ended = command.end();
            assertEquals(0, ended.exitCode(), ended.err());
            return ended.out();
        }
    }
}
