package io.fdsentry.golang.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.testing.GoServer;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PprofTest {
    @TempDir
    static Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/debug/pprof",
                "/debug/pprof/",
                "/debug/pprof/goroutine",
                "/debug/pprof/goroutine?debug=1"
            })
    void itsUrlMayBeAnyPartOfIt(String path) throws IOException {
        try (Liar server = new Liar(Liar.text("200 OK", "goroutine profile: total 0\n"))) {
            Pprof pprof = new Pprof(URI.create(server.url() + path));

            assertEquals(0, Seen.of(pprof.counts(0)).total());
            assertEquals(List.of("GET /debug/pprof/goroutine?debug=1 HTTP/1.1"), server.asked());
        }
    }

    @Test
    void anotherPathIsKept() throws IOException {
        try (Liar server = new Liar(Liar.text("200 OK", "goroutine profile: total 0\n"))) {
            Seen.of(new Pprof(URI.create(server.url() + "/internal/prof/")).counts(0));

            assertEquals(List.of("GET /internal/prof/goroutine?debug=1 HTTP/1.1"), server.asked());
        }
    }

    @Test
    void metricsAreAtTheUsualPlaceWhereNoneIsNamed() throws IOException {
        try (Liar server = new Liar(Liar.text("200 OK", "go_goroutines 3\n"))) {
            assertEquals(3, Seen.of(new OwnMetrics(server.url()).read()).goroutines());
            Seen.of(new OwnMetrics(URI.create(server.url() + "/m?x=1")).read());

            assertEquals(List.of("GET /metrics HTTP/1.1", "GET /m?x=1 HTTP/1.1"), server.asked());
        }
    }

    @Test
    @Tag("real")
    void aRealProgramTellsItsGoroutines() throws Exception {
        try (GoServer program = GoServer.start(GoServer.program(directory), 1000, 2)) {
            Pprof pprof = new Pprof(program.url());

            CountProfile counts = Seen.of(pprof.counts(100_000));
            Integer own = Seen.of(new OwnMetrics(program.url()).read()).goroutines();

            assertTrue(counts.total() >= 1001 && counts.total() < 1020, () -> counts.total() + " goroutines");
            assertTrue(own != null && Math.abs(own - counts.total()) < 10, () -> own + " by its metrics");
            assertTrue(counts.text().contains("1000 @ 0x") && counts.text().contains("main.wait"), counts::text);
        }
    }

    @Test
    @Tag("real")
    void fiftyMegabytesOfStacksAreReadInLittleMemory() throws Exception {
        try (GoServer program = GoServer.start(GoServer.program(directory), 11_000, 62)) {
            URI url = URI.create(program.url() + "/debug/pprof/goroutine?debug=2");
            Weighed<StackDump> body = new Weighed<>(new StackDump.Reader(Duration.ZERO, 100_000));

            StackDump dump = Seen.of(Fetch.get(url, new Bounds(Duration.ofMinutes(5), Bounds.SELDOM.bytes()), body));

            assertTrue(body.size > 50_000_000, () -> body.size + " bytes");
            assertTrue(dump.whole() && dump.total() >= 11_001, () -> dump.total() + " goroutines");
            String reason = dump.blocked().keySet().stream()
                    .filter(text -> text.contains("utex") || text.equals("semacquire"))
                    .findFirst()
                    .orElse("");
            assertTrue(dump.blocked().getOrDefault(reason, 0) >= 10_990, () -> dump.blocked() + "");
            assertTrue(dump.sites().getFirst().function().startsWith("main.wait pprofed.go:"), () -> dump.sites() + "");
            assertTrue(dump.text().length() < 100_100 && dump.text().contains("main.wait(...)"), dump::text);
        }
    }

    @Test
    @Tag("real")
    void aProfileThatTheTargetDoesNotHaveIsNoError() throws Exception {
        try (GoServer program = GoServer.start(GoServer.program(directory), 1, 0)) {
            Outcome<CountProfile> leaks = new Pprof(program.url()).leaks(1000);

            if (leaks instanceof Outcome.Seen<CountProfile>(CountProfile proof)) {
                assertEquals(0, proof.total(), "a mutex of a package is never proven to leak");
            } else {
                assertInstanceOf(Outcome.Unsupported.class, leaks);
            }
        }
    }

    /// How long a text was, besides what is made of it.
    private static final class Weighed<T> implements Body<T> {
        private final Body<T> body;
        long size;

        Weighed(Body<T> body) {
            this.body = body;
        }

        @Override
        public void line(String line) {
            size += line.length() + 1;
            body.line(line);
        }

        @Override
        public T end(boolean whole) {
            return body.end(whole);
        }
    }
}
