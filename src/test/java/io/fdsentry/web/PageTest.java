package io.fdsentry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Board;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser.
@Tag("real")
class PageTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>\u202e\u001b";

    @TempDir
    Path dir;

    @Test
    void theWorstProcessStandsFirstAndWhatCannotBeSeenIsSaid() throws Exception {
        try (Server server = new Server()) {
            String page = rendered(server);
            assertTrue(page.indexOf("ruler") < page.indexOf("postgres"), page);
            assertTrue(page.contains("responses are not being closed."), page);
            assertTrue(page.contains("4,180 close wait"), page);
            assertTrue(page.contains("run fdsentry with the target's uid and gid"), page);
            assertTrue(page.contains("has no process"), page);
        }
    }

    @Test
    void namesOfStrangersStayText() throws Exception {
        try (Server server = new Server()) {
            server.board.set(renamed(Scenario.board()));
            String page = rendered(server);
            assertTrue(page.contains("&lt;img src=x onerror=document.title='owned'&gt;\ufffd\ufffd"), page);
            assertFalse(page.contains("<img src=\"x\""), page);
            assertTrue(page.contains("<title>fdsentry</title>"), page);
        }
    }

    /// The page's elements after its script has run; the browser must have had nothing to complain of.
    private String rendered(Server server) throws Exception {
        Path dom = dir.resolve("dom.html");
        Path log = dir.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(Needs.program("chromium").toString()));
        command.addAll(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + dir.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=8000",
                "--dump-dom",
                "http://127.0.0.1:" + server.port() + "/"));
        Process browser = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        boolean ended = browser.waitFor(120, TimeUnit.SECONDS);
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        assertTrue(ended, said);
        assertEquals(
                List.of(), said.lines().filter(line -> line.contains("CONSOLE")).toList());
        return Files.readString(dom);
    }

    private static Board renamed(Board board) {
        Snapshot round = board.snapshot();
        List<ProcessSample> processes =
                round.processes().stream().map(PageTest::renamed).toList();
        Snapshot renamed = new Snapshot(
                round.at(),
                round.monotonicNanos(),
                round.took(),
                processes,
                round.targets(),
                round.namespaces(),
                round.errors(),
                round.coverage(),
                round.details());
        return new Board(renamed, board.verdicts(), board.findings(), board.config());
    }

    private static ProcessSample renamed(ProcessSample process) {
        return new ProcessSample(
                process.id(),
                HOSTILE,
                HOSTILE + "2",
                process.container(),
                process.startTime(),
                process.tier(),
                process.openFds(),
                process.fdKinds(),
                process.limits(),
                process.sockets(),
                process.idle(),
                process.threads(),
                process.goroutines());
    }
}
