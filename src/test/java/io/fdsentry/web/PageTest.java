package io.fdsentry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.fdsentry.config.WebConfig;
import io.fdsentry.model.Board;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.testing.Boards;
import io.fdsentry.testing.Browser;
import io.fdsentry.testing.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser, which in none of this may have anything to complain of, nor ask anyone but us.
@Tag("real")
class PageTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>\u202e\u001b";
    private static final String TEXT = "document.getElementById('main').innerText";

    @TempDir
    static Path folder;

    private static Browser browser;
    private Server server;

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = Browser.start(folder);
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new Server();
        for (int i = 90; i >= 0; i--) {
            server.history.add(Boards.at(Scenario.board(), Scenario.AT.minusSeconds(15L * i))
                    .snapshot());
        }
        browser.size(1280, 900);
        browser.colours("light");
        browser.headers(Map.of());
    }

    @AfterEach
    void nobodyElseWasAskedAndNothingWasWrong() {
        String own = "http://127.0.0.1:" + server.port() + "/";
        browser.open("about:blank");
        browser.await("location.href === 'about:blank'");
        server.close();
        assertEquals(
                List.of(),
                browser.asked().stream()
                        .filter(address -> !address.startsWith(own) && !address.equals("about:blank"))
                        .toList());
        assertEquals(List.of(), browser.complaints());
        browser.asked().clear();
        browser.complaints().clear();
    }

    @Test
    void saysWhetherAnythingLeaksAndTheWorstStandsFirst() {
        open("");
        browser.await(
                "document.getElementById('verdict').textContent.startsWith('ruler leaks sockets to 10.2.3.4:8006, at its')");
        String text = text();
        assertTrue(text.contains("responses are not being closed."), text);
        assertTrue(text.contains("4,180 close wait"), text);
        assertTrue(text.contains("run fdsentry with the target's uid and gid"), text);
        assertTrue(text.contains("has no process"), text);
        assertEquals("ruler", firstRow());
        assertNotNull(browser.eval("document.querySelector('#rows .spark path')"));
    }

    @Test
    void headingsSortAndTheFilterFilters() {
        open("");
        browser.click("[data-sort=threads]");
        browser.await("document.querySelector('[aria-sort=descending]').textContent === 'Threads'");
        browser.click("[data-sort=name]");
        assertEquals("nginx", firstRow());
        browser.click("[data-sort=name]");
        assertEquals("ruler", firstRow());
        browser.click("#filter");
        browser.type("postgres");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertEquals("postgres", firstRow());
        browser.type("-not");
        browser.await(TEXT + ".includes('No process matches “postgres-not”.')");
        browser.eval("document.getElementById('filter').value = ''");
        browser.type("confirmed");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertEquals("ruler", firstRow());
    }

    @Test
    void theKeyboardOpensAProcessAndComesBack() {
        open("");
        browser.eval("document.querySelector('#rows a').focus()");
        browser.press("Enter", 13);
        browser.await("location.hash === '#4242' && " + TEXT + ".includes('Where goroutines wait')");
        String text = text();
        for (String shown : List.of(
                "to 10.2.3.4:8006",
                "example.com/ruler/notify.(*Sender).run notify.go:88",
                "responses are not being closed.",
                "TCP sockets by state",
                "of at most 1,440 points for each process",
                "soft limit")) {
            assertTrue(text.contains(shown), () -> shown + " in: " + text);
        }
        assertTrue(Integer.parseInt(String.valueOf(browser.eval("document.querySelectorAll('canvas').length"))) >= 3);
        browser.click(".back");
        browser.await("!document.getElementById('overview').hidden");
    }

    @Test
    void whatMayNotBeSeenIsSaidWithItsRemedy() {
        open("#900");
        browser.await(TEXT + ".includes('or as uid 0 with SYS_PTRACE and DAC_READ_SEARCH')");
        open("#77");
        browser.await(TEXT + ".includes('No watched process has the pid 77')");
    }

    @Test
    void whatWasRecordedOfTheEndedIsToBeHad() throws IOException {
        server.kept.set("""
                {"items": [{"id": "20261121t115900z-ruler-77-ended", "recorded_at": "2026-11-21T11:59:00Z", "pid": 77,
                  "occasion": "ended", "cause": "response_body_not_closed", "target": "ruler", "command": "ruler",
                  "container": {}, "leak_state": "confirmed"}]}""");
        open("");
        browser.await(TEXT + ".includes('Recorded of processes that have ended')");
        assertEquals("[]", violations());
        browser.click("#kept a");
        browser.await(
                "document.querySelector('#process .records a')?.download === '20261121t115900z-ruler-77-ended.json'");
        assertTrue(text().contains("It has ended"), PageTest::text);
    }

    @Test
    void whatChangesIsShownWithoutAskingForIt() {
        open("");
        Board board = Scenario.board();
        server.board.set(Boards.with(
                Boards.at(board, Scenario.AT.plus(Duration.ofSeconds(15))),
                process -> Boards.renamed(process, "later")));
        browser.await("document.querySelector('#rows a').textContent === 'later'");
    }

    @Test
    void namesOfStrangersStayText() {
        server.board.set(Boards.with(Scenario.board(), process -> Boards.renamed(process, HOSTILE)));
        open("");
        browser.await(TEXT + ".includes(\"<img src=x onerror=document.title='owned'>\ufffd\ufffd\")");
        open("#4242");
        browser.await(TEXT + ".includes('Peers') && " + TEXT + ".includes('<img src=x')");
        assertEquals("0", browser.eval("document.querySelectorAll('main img').length"));
        assertFalse(String.valueOf(browser.eval("document.title")).equals("owned"));
    }

    @Test
    void worksWithAPassword() {
        String hash = BCrypt.withDefaults().hashToString(4, "secret".toCharArray());
        server.secure(new WebConfig(null, Map.of(), Map.of("ann", hash)));
        String password = Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        browser.headers(Map.of("Authorization", "Basic " + password));
        open("");
        open("#4242");
        browser.await(TEXT + ".includes('Where goroutines wait')");
        browser.headers(Map.of());
        browser.open("http://ann:secret@127.0.0.1:" + server.port() + "/");
        browser.await("document.querySelector('#rows a') !== null");
        browser.asked().removeIf(address -> address.contains("ann:secret@127.0.0.1"));
    }

    @Test
    void isAccessibleLightAndDarkWideAndNarrow() throws IOException {
        Map<String, String> wrong = new TreeMap<>();
        for (String where : List.of("", "#4242", "#900")) {
            open(where);
            for (int width : List.of(1280, 390)) {
                browser.size(width, 900);
                for (String colours : List.of("light", "dark")) {
                    browser.colours(colours);
                    wrong.put(where + " " + width + " " + colours, violations());
                }
                if (!"true".equals(browser.eval("document.documentElement.scrollWidth <= innerWidth"))) {
                    wrong.put(where + " " + width, "scrolls sideways");
                }
            }
        }
        wrong.values().removeIf("[]"::equals);
        assertEquals(Map.of(), wrong);
    }

    @Test
    void fiveHundredProcessesAreShownAsFarAsOneLooks() {
        List<ProcessSample> many = Boards.copies(Scenario.board().snapshot().processes(), 500);
        server.board.set(Boards.of(Scenario.board(), many));
        open("");
        browser.await("document.querySelectorAll('#rows tr').length === 100");
        browser.click("#all");
        browser.await("document.querySelectorAll('#rows tr').length === 500");
    }

    private void open(String where) {
        browser.open("about:blank");
        browser.await("location.href === 'about:blank'");
        browser.open("http://127.0.0.1:" + server.port() + "/" + where);
        browser.await(
                where.isEmpty()
                        ? "document.querySelector('#rows a') !== null"
                        : "document.querySelector('#process h1') !== null");
    }

    private static String text() {
        return String.valueOf(browser.eval(TEXT));
    }

    private static String firstRow() {
        return String.valueOf(browser.eval("document.querySelector('#rows a').textContent"));
    }

    /// What axe, the checker of accessibility, has to say: rule and place.
    private static String violations() throws IOException {
        try (InputStream axe = PageTest.class.getResourceAsStream("/axe.min.js")) {
            assertNotNull(axe);
            browser.eval(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; 0");
        }
        return String.valueOf(browser.eval("axe.run().then(found => JSON.stringify(found.violations.map("
                + "v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.any.map(a => a.message)).join('; '))))"));
    }
}
