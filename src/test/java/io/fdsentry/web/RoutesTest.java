package io.fdsentry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Ui;
import io.fdsentry.config.WebConfig;
import io.fdsentry.json.Answer;
import io.fdsentry.testing.Scenario;
import io.fdsentry.web.history.History;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = new Server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metricsfoo",
                "/metrics/",
                "/metrics/x",
                "/-/",
                "/-/healthyx",
                "/-/healthy/",
                "/page",
                "/index.html",
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v1/processes/",
                "/api/v1/processes/0",
                "/api/v1/processes/x",
                "/api/v1/processes/33/x",
                "/api/v1/processes/99999",
                "/api/v1/evidence/..%2f..%2fetc",
                "/api/v1/evidence/A",
                "/api/v1/evidence/no-such",
                "/package-info.class",
                "//metrics",
                "/%6detrics",
                "/../metrics"
            })
    void whatIsNotARouteIsNotFound(String path) throws Exception {
        assertEquals(404, server.status("GET", path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/page.css",
                "/page.js",
                "/view.js",
                "/format.js",
                "/icon.svg",
                "/metrics",
                "/-/healthy",
                "/-/ready",
                "/api/v1/processes",
                "/api/v1/processes/33",
                "/api/v1/findings",
                "/api/v1/evidence"
            })
    void everyPageAnswersGetAndHeadAndNothingElse(String path) throws Exception {
        HttpResponse<String> got = server.get(path);
        assertEquals(200, got.statusCode());
        assertFalse(got.body().isEmpty());
        assertEquals(
                "nosniff", got.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertTrue(got.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .startsWith("default-src 'none'"));
        HttpResponse<String> head = server.send(server.request(path).HEAD());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(got.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"));
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW")) {
            HttpResponse<String> refused =
                    server.send(server.request(path).method(method, HttpRequest.BodyPublishers.ofString("x")));
            assertEquals(405, refused.statusCode(), method);
            assertEquals("GET, HEAD", refused.headers().firstValue("Allow").orElseThrow());
        }
    }

    @Test
    void textIsWhatAScraperGetsThatAsksForNothing() throws Exception {
        HttpResponse<String> text = server.get("/metrics");
        assertTrue(text.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain; version=0.0.4"));
        assertTrue(text.body().contains("\nfdsentry_process_open_fds{"));
    }

    @Test
    void openMetricsEndsWithItsMark() throws Exception {
        HttpResponse<String> open = server.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
        assertTrue(open.headers().firstValue("Content-Type").orElseThrow().startsWith("application/openmetrics-text"));
        assertTrue(open.body().endsWith("# EOF\n"));
        assertTrue(
                open.body().contains("# TYPE fdsentry_finding info\n"), "info metrics are named without _info there");
    }

    @Test
    void protobufHoldsNativeHistograms() throws Exception {
        String accept = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
        HttpResponse<byte[]> proto = HttpClient.newHttpClient()
                .send(server.request("/metrics").header("Accept", accept).build(), BodyHandlers.ofByteArray());
        assertEquals(
                accept, proto.headers().firstValue("Content-Type").orElseThrow().replace("; ", ";"));
        String content = new String(proto.body(), StandardCharsets.ISO_8859_1);
        assertTrue(content.contains("fdsentry_sample_duration_seconds"));
    }

    @Test
    void thoseWhoTakeGzipGetIt() throws Exception {
        HttpResponse<byte[]> zipped = HttpClient.newHttpClient()
                .send(
                        server.request("/metrics")
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        BodyHandlers.ofByteArray());
        assertEquals("gzip", zipped.headers().firstValue("Content-Encoding").orElseThrow());
        String text;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertTrue(text.contains("\nfdsentry_process_open_fds{"));
        assertTrue(zipped.body().length * 5 < text.length());
        assertTrue(server.get("/metrics", "Accept-Encoding", "gzip;q=0, br")
                .headers()
                .firstValue("Content-Encoding")
                .isEmpty());
    }

    @Test
    void wantedNamesAreAllThereIs() throws Exception {
        String body = server.get("/metrics?name[]=fdsentry_process_threads&name%5B%5D=process_open_fds")
                .body();
        List<String> helps =
                body.lines().filter(line -> line.startsWith("# HELP")).toList();
        assertEquals(2, helps.size(), body);
    }

    @Test
    void apiAnswersWhatInspectReads() throws Exception {
        HttpResponse<String> all = server.get("/api/v1/processes");
        assertEquals(
                Scenario.board().snapshot().processes(),
                Answer.read(new StringReader(all.body())).snapshot().processes());
        HttpResponse<String> one = server.get("/api/v1/processes/4242");
        assertEquals(
                Scenario.board().snapshot().details(),
                Answer.read(new StringReader(one.body())).snapshot().details());
        assertEquals(
                1,
                JsonParser.parseString(server.get("/api/v1/findings").body())
                        .getAsJsonObject()
                        .getAsJsonArray("items")
                        .size());
        assertEquals("{\"items\":[]}", server.get("/api/v1/evidence").body());
    }

    @Test
    void aRoundThatIsKnownIsNotSentAgain() throws Exception {
        String tag =
                server.get("/api/v1/processes").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = server.get("/api/v1/processes", "If-None-Match", tag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        String page = server.get("/page.js").headers().firstValue("ETag").orElseThrow();
        assertEquals(304, server.get("/page.js", "If-None-Match", page).statusCode());
    }

    @Test
    void beforeTheFirstRoundTheApiSaysSoAndHealthIsFine() throws Exception {
        server.board.set(null);
        assertEquals(503, server.status("GET", "/api/v1/processes"));
        assertEquals(503, server.status("GET", "/api/v1/processes/33"));
        assertEquals(503, server.status("GET", "/api/v1/findings"));
        assertEquals(200, server.status("GET", "/-/healthy"));
        assertEquals(200, server.status("GET", "/-/ready"));
        assertEquals(200, server.status("GET", "/"));
    }

    @Test
    void reloadIsForThoseWhoSwitchedItOn() throws Exception {
        assertEquals(405, server.status("GET", "/-/reload"));
        assertEquals(403, server.status("POST", "/-/reload"));
        server.config.set(new Config.Web(true, Ui.AUTO));
        assertEquals(200, server.status("POST", "/-/reload"));
        server.problems.set(List.of("config.yaml:3:1: tragets: unknown key"));
        HttpResponse<String> wrong = server.send(server.request("/-/reload").POST(HttpRequest.BodyPublishers.noBody()));
        assertEquals(500, wrong.statusCode());
        assertTrue(wrong.body().contains("config.yaml:3:1"));
        assertEquals(
                403,
                server.send(server.request("/-/reload")
                                .header("Origin", "http://evil.example")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode());
    }

    @Test
    void manyScrapesAtOnceAllGetTheSameRoundAndAskForNothing() throws Exception {
        int before = server.asked.get();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> scrapes = IntStream.range(0, 100)
                    .<Callable<HttpResponse<String>>>mapToObj(
                            i -> () -> server.get("/metrics?name%5B%5D=fdsentry_process_open_fds"))
                    .toList();
            String first = null;
            for (Future<HttpResponse<String>> scrape : clients.invokeAll(scrapes)) {
                assertEquals(200, scrape.get().statusCode());
                first = first == null ? scrape.get().body() : first;
                assertEquals(first, scrape.get().body());
            }
        }
        assertEquals(before, server.asked.get());
        server.get("/api/v1/processes");
        assertEquals(before + 1, server.asked.get());
    }

    @Test
    void oneWhoDoesNotReadKeepsNobodyWaiting() throws Exception {
        try (Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(4096);
            lazy.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.9"), 0));
            lazy.connect(new InetSocketAddress("127.0.0.1", server.port()));
            for (int i = 0; i < 50; i++) {
                lazy.getOutputStream()
                        .write("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(200, server.status("GET", "/metrics"));
            }
        }
    }

    @Test
    void requestsThatAreTooLongAreRefused() throws Exception {
        assertEquals(414, server.status("GET", "/metrics?name%5B%5D=" + "x".repeat(9000)));
    }

    @Test
    void aPortThatIsTakenIsSaidInWords() {
        InetSocketAddress taken = new InetSocketAddress("127.0.0.1", server.port());
        IOException refused = assertThrows(
                IOException.class,
                () -> WebServer.start(
                        taken,
                        new WebServer.Sources(
                                () -> null,
                                http -> {},
                                new History(),
                                Evidence.NONE,
                                Config.DEFAULTS::web,
                                () -> WebConfig.NONE,
                                List::of)));
        assertTrue(refused.toString().contains("cannot listen on 127.0.0.1:" + server.port() + ": "));
    }
}
