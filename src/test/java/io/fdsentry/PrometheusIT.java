package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

/// A real Prometheus scrapes the distribution, which watches a process whose descriptors are known; what
/// Prometheus then answers is the truth about that process.
@Tag("real")
class PrometheusIT {
    /// Holds a file, a deleted file, a listener and three connections, one of them closed by its peer.
    private static final String HOLDER = """
            import os, socket, sys
            kept = open('/proc/self/status')
            gone = open(sys.argv[1], 'w'); os.unlink(sys.argv[1])
            listener = socket.socket(); listener.bind(('127.0.0.1', 0)); listener.listen(8)
            ends = []
            for _ in range(3):
                client = socket.create_connection(listener.getsockname()); ends.append((client, listener.accept()[0]))
            ends[0][0].close()
            print('ready', flush=True)
            sys.stdin.read()
            """;

    /// Every documented metric that a Python process has, with an expression that must give this value.
    private static final String[][] EXPECTED = {
        {"fdsentry_process_open_fds", "11"},
        {"sum(fdsentry_process_fds)", "11"},
        {"fdsentry_process_fds{kind=\"socket\"}", "6"},
        {"fdsentry_process_fds{kind=\"pipe\"}", "2"},
        {"fdsentry_process_fds{kind=\"regular\"}", "3"},
        {"fdsentry_process_deleted_files", "1"},
        {"sum(fdsentry_process_sockets)", "6"},
        {"sum(fdsentry_process_tcp_sockets)", "6"},
        {"fdsentry_process_tcp_sockets{state=\"established\"}", "4"},
        {"fdsentry_process_tcp_sockets{state=\"close_wait\"}", "1"},
        {"fdsentry_process_tcp_sockets{state=\"listen\"}", "1"},
        {"count(fdsentry_process_tcp_sockets_older)", "20"},
        {"count(fdsentry_process_stale_sockets)", "4"},
        {"count(fdsentry_process_tcp_established_without_keepalive)", "1"},
        {"count(fdsentry_process_tcp_queue_bytes)", "2"},
        {"fdsentry_process_peer_sockets{direction=\"in\",state=\"close_wait\"}", "1"},
        {"fdsentry_process_threads{state=\"sleeping\"}", "1"},
        {"count(fdsentry_process_start_time_seconds)", "1"},
        {"count(fdsentry_process_max_fds)", "1"},
        {"count(fdsentry_process_max_fds_hard)", "1"},
        {"count(fdsentry_process_effective_max_fds)", "1"},
        {"sum(fdsentry_process_probe_success)", "6"},
        {"count(fdsentry_process_access_tier)", "1"},
        {"max(fdsentry_process_leak_state)", "0"},
        {"count(fdsentry_process_seconds_to_limit{resource=\"fds\"})", "1"},
        {"fdsentry_target_processes{target=\"holder\"}", "1"},
        {"fdsentry_target_undecided_processes{target=\"holder\"}", "0"},
        {"fdsentry_target_processes{target=\"absent\"}", "0"},
        {"count(fdsentry_netns_tcp_sockets) % 11", "0"},
        {"fdsentry_scan_coverage_ratio", "1"},
        {"fdsentry_series_dropped_total", "0"},
        {"fdsentry_config_last_reload_successful", "1"},
        {"count(fdsentry_config_last_reload_success_timestamp_seconds)", "1"},
        {"count(fdsentry_last_sample_timestamp_seconds)", "1"},
        {"count(fdsentry_sample_duration_seconds_count)", "1"},
        {"count(fdsentry_build_info)", "1"},
        {"count(process_resident_memory_bytes{job=\"fdsentry\"})", "1"},
        {"count(jvm_memory_used_bytes{job=\"fdsentry\"})", "2"},
        {"up{job=\"fdsentry\"}", "1"},
    };

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
    void prometheusKnowsWhatTheProcessHolds() throws Exception {
        Needs.program("python3");
        Path prometheus = Needs.program("prometheus");
        Process holder =
                start("holder", "python3", "-c", HOLDER, folder.resolve("gone").toString());
        BufferedReader said = holder.inputReader();
        assertEquals("ready", said.readLine());
        int port = freePort();
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, """
                sampling: {interval: 1s}
                targets:
                  - {name: holder, match: {pid: %d}}
                  - {name: absent, match: {comm: no-such-thing}}
                """.formatted(holder.pid()));
        start(
                "fdsentry",
                Path.of("target/fdsentry/bin/fdsentry").toAbsolutePath().toString(),
                "run",
                "--config.file=" + config,
                "--web.listen-address=127.0.0.1:" + port);
        int prometheusPort = freePort();
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - {job_name: fdsentry, static_configs: [{targets: ['127.0.0.1:%d']}]}
                """.formatted(port));
        start(
                "prometheus",
                prometheus.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + prometheusPort);

        for (String[] expected : EXPECTED) {
            Await.value(expected[0], () -> query(prometheusPort, expected[0]), expected[1]::equals);
        }
    }

    /// The value of an expression that has exactly one, else what Prometheus answered.
    private String query(int port, String expression) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        String answer = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher values = Pattern.compile("\"value\":\\[[0-9.e+]+,\"([^\"]+)\"]").matcher(answer);
        return values.results().count() == 1 && values.reset().find() ? values.group(1) : answer;
    }

    private Process start(String name, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
