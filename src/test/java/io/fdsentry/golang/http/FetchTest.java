package io.fdsentry.golang.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Servers that hang, lie, redirect, and never end.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FetchTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final long MOST = 1 << 20;
    private static final Bounds PATIENT = new Bounds(Duration.ofSeconds(60), MOST);
    private static final Bounds SHORT = new Bounds(Duration.ofMillis(300), MOST);

    @Test
    void anAnswerIsTakenInLineByLine() throws IOException {
        try (Liar server = new Liar(Liar.text("200 OK", "one\ntwo\r\nthree"))) {
            assertEquals("one|two|three|true", Seen.of(Fetch.get(server.url(), PATIENT, new Joined())));
        }
    }

    @Test
    void whoHangsBeforeAnythingIsLeft() throws IOException {
        try (Liar server = new Liar(_ -> Thread.sleep(Long.MAX_VALUE))) {
            assertFailed("no answer within", Fetch.get(server.url(), SHORT, new Joined()));
        }
    }

    @Test
    void whoHangsInTheMiddleIsLeft() throws IOException {
        try (Liar server = new Liar(out -> {
            out.write((OK + "Content-Length: 100\r\n\r\none\n").getBytes(US_ASCII));
            out.flush();
            Thread.sleep(Long.MAX_VALUE);
        })) {
            assertFailed("no answer within", Fetch.get(server.url(), SHORT, new Joined()));
        }
    }

    @Test
    void whoTricklesForEverIsLeft() throws IOException {
        try (Liar server = new Liar(out -> {
            out.write((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
            while (true) {
                out.write("2\r\na\n\r\n".getBytes(US_ASCII));
                out.flush();
                Thread.sleep(5);
            }
        })) {
            assertFailed("no answer within", Fetch.get(server.url(), SHORT, new Joined()));
        }
    }

    @Test
    void ofAGigabyteNoMoreIsTakenThanAllowed() throws IOException {
        byte[] piece = "x".repeat(1 << 16).getBytes(US_ASCII);
        AtomicTotal total = new AtomicTotal();
        try (Liar server = new Liar(out -> {
            out.write((OK + "Content-Length: " + (1L << 30) + "\r\n\r\n").getBytes(US_ASCII));
            total.send(out, piece, 1 << 14);
        })) {
            assertEquals("false", Seen.of(Fetch.get(server.url(), PATIENT, new Joined())));
            Await.until("the server notices", () -> total.ended);
            assertTrue(total.pieces * (long) piece.length < 64 * MOST, () -> total.pieces + " pieces were sent");
        }
    }

    @Test
    void aRedirectIsAnErrorAndNotFollowed() throws IOException {
        try (Liar other = new Liar(Liar.text("200 OK", "secret"))) {
            String location = "Location: " + other.url() + "/\r\n";
            try (Liar server = new Liar(out -> out.write(
                    ("HTTP/1.1 302 Found\r\n" + location + "Content-Length: 0\r\n\r\n").getBytes(US_ASCII)))) {
                assertFailed("redirects are not followed", Fetch.get(server.url(), PATIENT, new Joined()));
            }
            assertEquals(List.of(), other.asked());
        }
    }

    @Test
    void aMissingPageIsToldFromAnError() throws IOException {
        try (Liar missing = new Liar(Liar.text("404 Not Found", "no"));
                Liar broken = new Liar(Liar.text("500 Oh", "no"))) {
            assertInstanceOf(Outcome.Unsupported.class, Fetch.get(missing.url(), PATIENT, new Joined()));
            assertFailed("status 500", Fetch.get(broken.url(), PATIENT, new Joined()));
        }
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        try (Liar server = new Liar(out -> out.write("SSH-2.0-OpenSSH\r\n".getBytes(US_ASCII)))) {
            assertInstanceOf(Outcome.Failed.class, Fetch.get(server.url(), PATIENT, new Joined()));
        }
    }

    @Test
    void headersWithoutEndAreRefused() throws IOException {
        try (Liar server = new Liar(out -> {
            out.write(OK.getBytes(US_ASCII));
            for (int i = 0; i < 1 << 20; i++) {
                out.write(("X-" + i + ": " + "y".repeat(1000) + "\r\n").getBytes(US_ASCII));
            }
        })) {
            assertInstanceOf(Outcome.Failed.class, Fetch.get(server.url(), PATIENT, new Joined()));
        }
    }

    @Test
    void nobodyThereIsSaidSo() throws IOException {
        URI url;
        try (Liar server = new Liar(Liar.text("200 OK", ""))) {
            url = server.url();
        }
        assertFailed("nobody listens there", Fetch.get(url, PATIENT, new Joined()));
    }

    @Test
    void theUserOfAUrlIsSentAndNeverShown() throws IOException {
        try (Liar server = new Liar(Liar.text("403 No", ""))) {
            URI url = URI.create(server.url().toString().replace("//", "//me:secret@") + "/x");

            String said = Fetch.get(url, PATIENT, new Joined()).toString();

            assertTrue(said.contains("/x: status 403"), said);
            assertFalse(said.contains("secret"), said);
            assertEquals(List.of("GET /x HTTP/1.1"), server.asked());
        }
    }

    @Test
    void noConnectionIsLeftBehind() throws IOException {
        AtomicTotal total = new AtomicTotal();
        try (Liar server = new Liar(out -> {
            Liar.text("200 OK", "one\n").answer(out);
            out.flush();
            total.send(out, new byte[1], Integer.MAX_VALUE);
        })) {
            assertEquals("one|true", Seen.of(Fetch.get(server.url(), PATIENT, new Joined())));
            Await.until("the connection is closed", () -> total.ended);
        }
    }

    private static void assertFailed(String with, Outcome<?> outcome) {
        assertTrue(outcome instanceof Outcome.Failed<?>(String message) && message.contains(with), () -> outcome + "");
    }

    /// What was sent until nobody took it any more.
    private static final class AtomicTotal {
        volatile int pieces;
        volatile boolean ended;

        void send(OutputStream out, byte[] piece, int most) throws InterruptedException {
            try {
                for (int i = 0; i < most; i++) {
                    out.write(piece);
                    pieces++;
                    if (piece.length == 1) {
                        Thread.sleep(5);
                    }
                }
            } catch (IOException e) {
                ended = true;
            }
        }
    }

    /// All lines, and whether they were all.
    private static final class Joined implements Body<String> {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void line(String line) {
            text.append(line).append('|');
        }

        @Override
        public String end(boolean whole) {
            return text.append(whole).toString();
        }
    }
}
