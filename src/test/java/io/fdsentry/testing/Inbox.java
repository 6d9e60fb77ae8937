package io.fdsentry.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The people at the other end of Alertmanager: a pager with PagerDuty's interface, Slack, and a webhook that makes
/// tickets. It keeps everything that arrives, in order.
public final class Inbox implements AutoCloseable {
    private static final String ACCEPTED = "{\"status\":\"success\",\"message\":\"ok\",\"dedup_key\":\"x\"}";

    private final Map<String, List<JsonObject>> arrived = new ConcurrentHashMap<>();
    private final HttpServer server;

    private Inbox(HttpServer server) {
        this.server = server;
    }

    public static Inbox open() throws IOException {
        Inbox inbox = new Inbox(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        inbox.server.createContext("/", inbox::take);
        inbox.server.start();
        return inbox;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        at(path).add(JsonParser.parseString(body).getAsJsonObject());
        boolean pager = path.equals("/pager");
        byte[] answer = (pager ? ACCEPTED : "ok").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", pager ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(pager ? 202 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /// Its address; `/pager`, `/slack` and `/ticket` are its places.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What has arrived at a place so far.
    public List<JsonObject> at(String place) {
        return arrived.computeIfAbsent(place, any -> new CopyOnWriteArrayList<>());
    }

    /// Events of PagerDuty's interface.
    ///
    /// @param action `trigger` or `resolve`
    public List<JsonObject> pages(String action) {
        return at("/pager").stream()
                .filter(page -> page.get("event_action").getAsString().equals(action))
                .toList();
    }

    /// Alerts at the webhook for tickets, as often as they were told.
    ///
    /// @param status `firing` or `resolved`
    public List<JsonObject> tickets(String status) {
        return at("/ticket").stream()
                .flatMap(ticket -> ticket.getAsJsonArray("alerts").asList().stream())
                .map(alert -> alert.getAsJsonObject())
                .filter(alert -> alert.get("status").getAsString().equals(status))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
