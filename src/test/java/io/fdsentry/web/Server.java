package io.fdsentry.web;

import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Ui;
import io.fdsentry.config.WebConfig;
import io.fdsentry.metrics.Exposition;
import io.fdsentry.model.Board;
import io.fdsentry.testing.Scenario;
import io.fdsentry.web.history.History;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A real server on a free port, and real requests to it. What it is asked for may be changed while it runs.
final class Server implements AutoCloseable {
    final AtomicReference<@Nullable Board> board = new AtomicReference<>(Scenario.board());
    final AtomicReference<Config.Web> config = new AtomicReference<>(new Config.Web(false, Ui.AUTO));
    final AtomicReference<List<String>> problems = new AtomicReference<>(List.of());
    final AtomicInteger asked = new AtomicInteger();
    /// The list of evidence, as JSON.
    final AtomicReference<String> kept = new AtomicReference<>("{\"items\":[]}");
    private final AtomicReference<WebConfig> security;
    final History history = new History();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebServer server;

    Server() throws IOException {
        this(WebConfig.NONE);
    }

    Server(WebConfig security) throws IOException {
        this.security = new AtomicReference<>(security);
        Exposition exposition = new Exposition("0.1.0", () -> Scenario.MONOTONIC);
        exposition.publish(Scenario.board(), Scenario.config());
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(exposition);
        server = WebServer.start(
                new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0),
                new WebServer.Sources(
                        () -> {
                            asked.incrementAndGet();
                            return board.get();
                        },
                        new MetricsHandler(registry),
                        history,
                        evidence(),
                        config::get,
                        this.security::get,
                        problems::get));
    }

    private Evidence evidence() {
        return new Evidence() {
            @Override
            public void list(Writer out) throws IOException {
                out.write(kept.get());
            }

            @Override
            public boolean write(String id, Writer out) {
                return false;
            }
        };
    }

    int port() {
        return server.address().getPort();
    }

    void secure(WebConfig now) {
        security.set(now);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    int status(String method, String path) throws Exception {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
