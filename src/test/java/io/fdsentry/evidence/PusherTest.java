package io.fdsentry.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fdsentry.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PusherTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private volatile int failure = 503;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String user = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body
                    + (user == null ? "" : " " + user));
            exchange.sendResponseHeaders(failuresLeft.getAndDecrement() > 0 ? failure : 204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI url(String rest) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + rest);
    }

    private static void push(Pusher pusher, String... ids) {
        for (String id : ids) {
            pusher.push(id, ("{\"id\":\"" + id + "\"}").getBytes(UTF_8));
        }
    }

    @Test
    void eachRecordIsPutBelowTheUrl() throws Exception {
        Pusher pusher = new Pusher(url("/keep/?from=node1"), SHORT);
        push(pusher, "a", "b");
        assertTrue(pusher.close(LONG));
        assertEquals(
                List.of("PUT /keep/a?from=node1 {\"id\":\"a\"}", "PUT /keep/b?from=node1 {\"id\":\"b\"}"), requests);
    }

    @Test
    void theUserOfTheUrlIsTheUserOfTheRequest() throws Exception {
        URI with = URI.create("http://me:pass@127.0.0.1:" + server.getAddress().getPort());
        Pusher pusher = new Pusher(with, SHORT);
        push(pusher, "a");
        assertTrue(pusher.close(LONG));
        assertEquals(List.of("PUT /a {\"id\":\"a\"} Basic bWU6cGFzcw=="), requests);
    }

    @Test
    void whatFailsIsTriedAgainInOrder() throws Exception {
        failuresLeft.set(3);
        Pusher pusher = new Pusher(url(""), SHORT);
        push(pusher, "a", "b");
        Await.until("both records", () -> requests.size() == 5);
        assertTrue(pusher.close(LONG));
        assertTrue(requests.subList(0, 4).stream().allMatch(request -> request.startsWith("PUT /a ")));
    }

    @Test
    void triesAreBounded() throws Exception {
        failuresLeft.set(Integer.MAX_VALUE);
        Pusher pusher = new Pusher(url(""), SHORT);
        push(pusher, "a", "b");
        Await.until("all tries of both", () -> requests.size() == 12);
        assertTrue(pusher.close(LONG));
        assertEquals(12, requests.size());
    }

    @Test
    void aRefusalIsNotArguedWith() throws Exception {
        failure = 403;
        failuresLeft.set(Integer.MAX_VALUE);
        Pusher pusher = new Pusher(url(""), SHORT);
        push(pusher, "a");
        Await.until("the request", () -> !requests.isEmpty());
        assertTrue(pusher.close(LONG));
        assertEquals(1, requests.size());
    }

    @Test
    void aPauseEndsWhenThereIsNoTimeLeft() throws Exception {
        failuresLeft.set(1);
        Pusher pusher = new Pusher(url(""), Duration.ofHours(1));
        push(pusher, "a", "b");
        Await.until("the first try", () -> !requests.isEmpty());
        assertTrue(pusher.close(LONG));
        assertEquals(3, requests.size(), "once more, and the other");
    }

    @Test
    void aServerThatNeverAnswersHoldsNobodyUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Pusher pusher = new Pusher(URI.create("http://127.0.0.1:" + silent.getLocalPort()), SHORT);
            for (int i = 0; i < 200; i++) {
                push(pusher, "n" + i);
            }
            assertFalse(pusher.close(Duration.ofMillis(200)));
        }
    }
}
