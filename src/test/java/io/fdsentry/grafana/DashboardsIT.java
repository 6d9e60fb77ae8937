package io.fdsentry.grafana;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.fdsentry.grafana.Dashboard.Query;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Python;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every expression of the dashboards, asked of a real Prometheus with the shipped rules, which scrapes a
/// real fdsentry that watches a real leak. What such a leak does not show (goroutines, what may not be seen) has to
/// answer over the
/// golden exposition, which Prometheus scrapes as another cluster.
@Tag("real")
class DashboardsIT {
    /// Connections that the server closes and this process keeps, six a second.
    private static final String LEAK = """
            import threading, resource
            resource.setrlimit(resource.RLIMIT_NOFILE, (600, 600))
            def leak():
                while True:
                    try:
                        hold.append(socket.create_connection(('127.0.0.1', %d)))
                    except OSError:
                        pass
                    time.sleep(0.16)
            threading.Thread(target=leak, daemon=True).start()
            """;

    /// What a leak of sockets in a process that may be looked into does not show.
    private static final List<String> ELSEWHERE =
            List.of("fdsentry_process_goroutine", "fdsentry_process_probe_info", "fdsentry_probe_errors_total");
    /// Suspicion may be over before Prometheus has seen it.
    private static final Set<String> PASSING = Set.of("annotation Suspicion");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started.reversed()) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void everyExpressionHasAnAnswer() throws Exception {
        Path prometheus = Needs.program("prometheus");
        HttpServer golden = golden();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Python leaking = Python.start()) {
            Thread.ofVirtual().start(() -> closeAll(server));
            int watched = fdsentry(leaking.pid());
            int port = prometheus(prometheus, watched, golden.getAddress().getPort());
            leaking.run(LEAK.formatted(server.getLocalPort()));
            Await.until("a suspected leak", () -> answers(port, "fdsentry:leak:state{cluster=\"real\"}"));
            Await.until("a confirmed leak", () -> answers(port, "fdsentry:leak:state{cluster=\"real\"} >= 2"));
            Set<String> silent = new TreeSet<>();
            for (Dashboard dashboard : Dashboard.all()) {
                Stream.concat(dashboard.shown().stream(), dashboard.chosen().stream())
                        .filter(query -> !hasAnswer(port, query))
                        .forEach(query -> silent.add(dashboard + ": " + query));
            }
            assertEquals(Set.of(), silent);
        } finally {
            golden.stop(0);
        }
    }

    /// Recorded series are a round behind what they are recorded from, and rates need two scrapes.
    private boolean hasAnswer(int port, Query query) {
        boolean elsewhere = ELSEWHERE.stream().anyMatch(query.expression()::contains);
        String expression = filled(query.expression(), elsewhere ? "golden" : "real");
        try {
            if (PASSING.contains(query.where())) {
                answers(port, expression);
            } else {
                Await.until(query.toString(), () -> answers(port, expression));
            }
            return true;
        } catch (IOException | InterruptedException | AssertionError e) {
            return false;
        }
    }

    private static String filled(String expression, String cluster) {
        return expression
                .replace("\"$cluster\"", "\"" + cluster + "\"")
                .replace("$__rate_interval", "1m")
                .replaceAll("\"\\$[a-z]+\"", "\".*\"");
    }

    private boolean answers(int port, String expression) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
        JsonArray result = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result");
        return !result.isEmpty();
    }

    private int fdsentry(int pid) throws IOException {
        int port = freePort();
        Files.writeString(folder.resolve("config.yaml"), """
                sampling: {interval: 1s}
                detection: {time_scale: 20}
                targets:
                  - {name: checkout, match: {pid: %d}, require: [sockets], labels: {team: shop}}
                  - {name: absent, match: {comm: no-such-thing}}
                """.formatted(pid));
        start(
                "fdsentry",
                Path.of("target/fdsentry/bin/fdsentry").toAbsolutePath().toString(),
                "run",
                "--config.file=" + folder.resolve("config.yaml"),
                "--web.listen-address=127.0.0.1:" + port);
        return port;
    }

    private int prometheus(Path program, int watched, int golden) throws IOException {
        int port = freePort();
        Files.copy(Path.of("deploy/prometheus/fdsentry.rules.yml"), folder.resolve("fdsentry.rules.yml"));
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: [fdsentry.rules.yml]
                scrape_configs:
                  - job_name: fdsentry
                    honor_labels: true
                    static_configs:
                      - {targets: ['127.0.0.1:%d'], labels: {cluster: real}}
                      - {targets: ['127.0.0.1:%d'], labels: {cluster: golden}}
                """.formatted(watched, golden));
        start(
                "prometheus",
                program.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
        return port;
    }

    private void start(String name, String... command) throws IOException {
        started.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private static HttpServer golden() throws IOException {
        byte[] exposition = Files.readAllBytes(Path.of("src/test/resources/golden.txt"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, exposition.length);
            exchange.getResponseBody().write(exposition);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void closeAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket _ = server.accept()) {
                // closed at once
            } catch (IOException e) {
                // the test has ended, or a client has gone
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
