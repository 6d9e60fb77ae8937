package io.fdsentry.sample.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fdsentry.golang.http.Pprof;
import io.fdsentry.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How often a target is asked, whatever time a round takes place at.
class HttpSourceTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final String COUNTS = "/debug/pprof/goroutine?debug=1";
    private static final String STACKS = "/debug/pprof/goroutine?debug=2";
    private static final String LEAKS = "/debug/pprof/goroutineleak?debug=1";

    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final Background background = new Background();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    private final HttpSource source;

    HttpSourceTest() throws IOException {
        server.createContext("/", this::answer);
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        source = new HttpSource.OfPprof(background, new Pprof(url), Duration.ZERO);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        background.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String page = exchange.getRequestURI().toString();
        byte[] text = (page.equals(STACKS)
                        ? "goroutine 1 [select, 20 minutes]:\nmain.main()\n\t/main.go:3 +0x1\n"
                        : "goroutine profile: total 0\n")
                .getBytes(US_ASCII);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
        asked.merge(page, 1, Integer::sum);
    }

    private int asked(String page) {
        return asked.getOrDefault(page, 0);
    }

    /// Rounds at one moment until the page was asked so often.
    private void awaitAsked(long now, boolean suspected, String page, int times) {
        Await.until(times + " times " + page, () -> {
            var _ = source.read(now, suspected);
            return asked(page) >= times;
        });
    }

    /// Rounds up to a moment, none of which asks.
    private void roundsUntil(long from, long until, boolean suspected) {
        Map<String, Integer> before = Map.copyOf(asked);
        for (long now = from; now < until; now += SECOND) {
            var _ = source.read(now, suspected);
        }
        assertEquals(before, asked);
    }

    @Test
    void countsAreAskedOnceAMinuteAndNothingElseWithoutSuspicion() {
        awaitAsked(0, false, COUNTS, 1);
        roundsUntil(0, MINUTE, false);
        awaitAsked(MINUTE, false, COUNTS, 2);
        roundsUntil(MINUTE, 2 * MINUTE, false);

        assertEquals(Map.of(COUNTS, 2), asked);
    }

    @Test
    void aSuspectIsAskedForAllStacksEveryTenMinutesAndForProofOnce() {
        awaitAsked(0, true, STACKS, 1);
        awaitAsked(0, true, LEAKS, 1);
        awaitAsked(0, true, COUNTS, 1);
        roundsUntil(0, MINUTE, true);
        for (int minute = 1; minute <= 25; minute++) {
            awaitAsked(minute * MINUTE, true, COUNTS, minute + 1);
            awaitAsked(minute * MINUTE, true, STACKS, 1 + minute / 10);
        }

        assertEquals(26, asked(COUNTS));
        assertEquals(3, asked(STACKS));
        assertEquals(1, asked(LEAKS));
        assertTrue(source.dump(1000).contains("[select, 20 minutes]"), () -> source.dump(1000));
    }
}
