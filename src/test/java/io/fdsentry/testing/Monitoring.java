package io.fdsentry.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real Prometheus and a real Alertmanager with the shipped rules, routing and words, at a given speed. What
/// differs from what is shipped is what everybody sets: where to scrape, secrets, the pager's address, and where
/// runbooks and dashboards are.
public final class Monitoring implements AutoCloseable {
    public static final String RUNBOOKS = "https://wiki.shop.example/fdsentry";
    public static final String DASHBOARDS = "https://grafana.shop.example/d";

    private static final Path DEPLOY = Path.of("deploy");

    private final Path folder;
    private final List<Process> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int prometheus = freePort();
    private final int alertmanager = freePort();

    private Monitoring(Path folder) throws IOException {
        this.folder = folder;
    }

    /// One fdsentry to scrape.
    ///
    /// @param port it listens on, on loopback
    /// @param labels in YAML's flow form, such as `{namespace: shop, pod: checkout-0}`
    public record Scraped(int port, String labels) {}

    /// @param folder where everything of it is kept
    /// @param speed `detection.time_scale` of what is scraped
    /// @param inbox where pages and tickets go
    public static Monitoring start(Path folder, int speed, Inbox inbox, List<Scraped> scraped) throws Exception {
        Path prometheus = Needs.program("prometheus");
        Path alertmanager = Needs.program("prometheus-alertmanager");
        Needs.program("python3");
        Needs.that(
                Files.exists(Path.of("/usr/share/prometheus/alertmanager/default.tmpl")),
                "/usr/share/prometheus/alertmanager/default.tmpl (Alertmanager's own template)");
        Monitoring monitoring = new Monitoring(folder);
        try {
            monitoring.configure(speed, inbox.url(), scraped);
            monitoring.startAlertmanager(alertmanager);
            monitoring.startPrometheus(prometheus);
            return monitoring;
        } catch (Exception | Error e) {
            monitoring.close();
            throw e;
        }
    }

    private void configure(int speed, String inbox, List<Scraped> scraped) throws Exception {
        scale(speed);
        edit("fdsentry.rules.yml", "runbooks: \"\"", "runbooks: " + RUNBOOKS);
        edit("fdsentry.rules.yml", "dashboards: \"\"", "dashboards: " + DASHBOARDS);
        Files.copy(DEPLOY.resolve("alertmanager/fdsentry.tmpl"), folder.resolve("fdsentry.tmpl"));
        Files.writeString(folder.resolve("pagerduty-key"), "k".repeat(32));
        Files.writeString(folder.resolve("slack-url"), inbox + "/slack");
        Files.writeString(folder.resolve("ticket-url"), inbox + "/ticket");
        edit("alertmanager.yml", "/etc/alertmanager/secrets", folder.toString());
        edit("alertmanager.yml", "templates:", "global: {pagerduty_url: '" + inbox + "/pager'}\ntemplates:");
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}
                rule_files: [fdsentry.rules.yml]
                alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}
                scrape_configs:
                  - job_name: fdsentry
                    static_configs:
                """.formatted(alertmanager) + targets(scraped));
    }

    private static String targets(List<Scraped> scraped) {
        StringBuilder targets = new StringBuilder();
        for (Scraped one : scraped) {
            targets.append("      - {targets: ['127.0.0.1:%d'], labels: %s}\n".formatted(one.port(), one.labels()));
        }
        return targets.toString();
    }

    private void scale(int speed) throws Exception {
        Process tool = new ProcessBuilder(
                        "scripts/scale-rules.py",
                        String.valueOf(speed),
                        DEPLOY.resolve("prometheus/fdsentry.rules.yml").toString(),
                        DEPLOY.resolve("alertmanager/alertmanager.yml").toString(),
                        folder.toString())
                .inheritIO()
                .start();
        if (tool.waitFor() != 0) {
            throw new IOException("scripts/scale-rules.py failed");
        }
    }

    private void edit(String file, String from, String to) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        if (!text.contains(from)) {
            throw new IOException(file + " does not say " + from);
        }
        Files.writeString(path, text.replace(from, to));
    }

    private void startAlertmanager(Path program) throws IOException {
        start(
                program.toString(),
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alertmanager,
                "--cluster.listen-address=");
        Await.until("Alertmanager is ready", () -> get(alertmanager, "/-/ready").statusCode() == 200);
    }

    private void startPrometheus(Path program) throws IOException {
        start(
                program.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + prometheus);
        Await.until("Prometheus is ready", () -> get(prometheus, "/-/ready").statusCode() == 200);
    }

    /// Ends with the thread that calls.
    private void start(String... program) throws IOException {
        Path log = folder.resolve(Path.of(program[0]).getFileName() + ".log");
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.addAll(List.of(program));
        started.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /// Where Prometheus answers.
    public String prometheus() {
        return "http://127.0.0.1:" + prometheus;
    }

    /// What Prometheus holds pending or firing now, with labels and annotations.
    public List<JsonObject> alerts() throws IOException, InterruptedException {
        return JsonParser.parseString(get(prometheus, "/api/v1/alerts").body())
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("alerts")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /// What Prometheus answers to an expression, as JSON.
    public String query(String expression) throws IOException, InterruptedException {
        return get(prometheus, "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .body();
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
        for (Process process : started.reversed()) {
            process.destroy();
            process.onExit().join();
        }
    }

    /// A port of loopback that nobody listens on at this moment.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
