package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.GoServer;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person and Prometheus see of goroutines that nobody instrumented.
@Tag("real")
class GoroutinesInspectedTest {
    private static final Pattern OWN = Pattern.compile("(?m)^go_goroutines (\\d+)$");

    private final List<Process> started = new ArrayList<>();

    @TempDir
    static Path directory;

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void inspectNamesWhereAThousandWaitInAStrippedProgram() throws IOException {
        try (GoServer go = GoServer.start(GoServer.program(directory), 1000, 2)) {
            Fdsentry.Ended look = Fdsentry.run(directory, "inspect", "--local", "--pid", "" + go.pid());

            assertEquals(0, look.exitCode(), look::err);
            assertTrue(look.out().contains(", read from the memory of this process"), look::out);
            assertTrue(
                    look.out()
                            .contains("1,000 wait at main.wait pprofed.go:23 (sync.Mutex.Lock), the longest at least"),
                    look::out);
            assertTrue(look.out().contains(", created by main.main pprofed.go:31"), look::out);
        }
    }

    @Test
    void aNameIsLookedIntoToo() throws IOException {
        try (GoServer _ = GoServer.start(GoServer.program(directory), 50, 2)) {
            Fdsentry.Ended look = Fdsentry.run(directory, "inspect", "--local", "--json", "--name", "pprofed");

            assertEquals(0, look.exitCode(), look::err);
            assertTrue(look.out().contains("\"source\":\"native\""), look::out);
            assertTrue(look.out().contains("\"site\":\"main.wait pprofed.go:23\""), look::out);
        }
    }

    /// What asks a program for its metrics is itself served by a goroutine or two.
    @Test
    void programsOfOthersHaveAsManyAsTheySay() throws Exception {
        List<Known> all = List.of(prometheus(), alertmanager(), processExporter());
        StringBuilder yaml = new StringBuilder("targets:\n");
        all.forEach(one -> yaml.append("  - {name: %s, match: {pid: %d}}\n".formatted(one.name(), one.pid())));
        Path config = Files.writeString(directory.resolve("known.yaml"), yaml + "sampling: {interval: 1s}\n");
        try (Fdsentry fdsentry = Fdsentry.start(
                directory, "run", "--config.file", config.toString(), "--web.listen-address", "127.0.0.1:0")) {
            for (Known one : all) {
                Await.until(one.name() + " seen as it sees itself", () -> {
                    int ours = ours(fdsentry, one.name());
                    int own = own(one.port());
                    return Math.abs(ours - own) <= 3;
                });
            }
            String metrics = fdsentry.get("/metrics").body();
            assertEquals(
                    3, metrics.split("fdsentry_process_goroutine_source_info\\{.*source=\"native\"", -1).length - 1);
        }
    }

    private record Known(String name, long pid, int port) {}

    private static int ours(Fdsentry fdsentry, String target) throws Exception {
        Matcher found = Pattern.compile(
                        "(?m)^fdsentry_process_goroutines\\{[^}]*target=\"" + target + "\"[^}]*} (\\d+)")
                .matcher(fdsentry.get("/metrics").body());
        return found.find() ? Integer.parseInt(found.group(1)) : Integer.MIN_VALUE / 2;
    }

    private static int own(int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            String metrics =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher found = OWN.matcher(metrics);
            return found.find() ? Integer.parseInt(found.group(1)) : Integer.MAX_VALUE / 2;
        }
    }

    private Known prometheus() throws IOException {
        int port = freePort();
        Path config = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
        return start(
                "prometheus",
                port,
                Needs.program("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port);
    }

    private Known alertmanager() throws IOException {
        int port = freePort();
        Path config = Files.writeString(
                directory.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        return start(
                "alertmanager",
                port,
                Needs.program("prometheus-alertmanager"),
                "--config.file=" + config,
                "--storage.path=" + directory.resolve("alerts"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port);
    }

    private Known processExporter() throws IOException {
        int port = freePort();
        return start(
                "process-exporter",
                port,
                Needs.program("prometheus-process-exporter"),
                "-procnames",
                "nobody",
                "-web.listen-address",
                "127.0.0.1:" + port);
    }

    private Known start(String name, int port, Path program, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(flags));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        started.add(process);
        return new Known(name, process.pid(), port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
