package io.fdsentry.web;

import io.fdsentry.model.ProcessSample;
import io.fdsentry.testing.Boards;
import io.fdsentry.testing.Browser;
import io.fdsentry.testing.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures the page in a real Chromium with 500 processes, all shown, a new round each second in which every tenth
/// has changed, and an hour of history: how long from the answer to what is painted, what keeps the browser from
/// answering its user for more than 50 ms, and how even it scrolls. Prints milliseconds; `scripts/bench-page.sh` runs
/// it.
final class PageBench {
    private static final int PROCESSES = 500;
    private static final int HISTORY = 240;
    private static final int SECONDS = 40;

    private static final String WATCH = """
            globalThis.bench = { first: new Map(), last: new Map(), long: [] };
            new PerformanceObserver((list) => bench.long.push(...list.getEntries().map((e) => e.duration))).observe({ type: "longtask" });
            new MutationObserver(() => {
              const asked = performance.getEntriesByType("resource").findLast((e) => e.name.endsWith("/api/v1/processes"));
              requestAnimationFrame(() => setTimeout(() => {
                const took = performance.now() - asked.responseEnd;
                bench.first.set(asked.startTime, bench.first.get(asked.startTime) ?? took);
                bench.last.set(asked.startTime, took);
              }));
            }).observe(document.getElementById("rows"), { childList: true, subtree: true });
            """;

    private static final String SCROLL = """
            new Promise((done) => {
              const gaps = [];
              let last = performance.now();
              const step = () => {
                const now = performance.now();
                gaps.push(now - last);
                last = now;
                scrollBy(0, 120);
                if (gaps.length < 100) { requestAnimationFrame(step); } else { done(say(gaps.slice(1))); }
              };
              requestAnimationFrame(step);
            })""";

    private static final String SAY = """
            globalThis.say = (times) => {
              const sorted = times.toSorted((a, b) => a - b).map(Math.round);
              return sorted.length === 0 ? "none"
                : `median ${sorted[sorted.length >> 1]}, nine in ten below ${sorted[Math.floor(sorted.length * 0.9)]}, worst ${sorted.at(-1)} (${sorted.length})`;
            };
            """;

    private PageBench() {}

    public static void main(String[] args) throws Exception {
        List<List<ProcessSample>> many = List.of(processes(0), processes(1));
        Path folder = Files.createTempDirectory("page-bench");
        try (Server server = new Server();
                Browser browser = Browser.start(folder)) {
            for (int i = HISTORY; i > 0; i--) {
                round(server, many.getFirst(), i);
            }
            Thread rounds = Thread.ofVirtual().start(() -> rounds(server, many));
            browser.size(1280, 900);
            browser.open("http://127.0.0.1:" + server.port() + "/");
            browser.await("document.querySelectorAll('#rows tr').length === 100");
            browser.click("#all");
            browser.await("document.querySelectorAll('#rows tr').length === " + PROCESSES);
            browser.eval(SAY + WATCH + "0");
            long before = browserCpuMillis();
            Thread.sleep(TimeUnit.SECONDS.toMillis(SECONDS));
            long used = browserCpuMillis() - before;
            System.out.println("processor time of the browser, ms a second: " + used / SECONDS);
            System.out.println(
                    "from the answer to the first paint, ms: " + browser.eval("say([...bench.first.values()])"));
            System.out.println("from the answer to the last, ms: " + browser.eval("say([...bench.last.values()])"));
            System.out.println("tasks longer than 50 ms: " + browser.eval("say(bench.long)"));
            System.out.println("frames while scrolling, ms apart: " + browser.eval(SCROLL));
            rounds.interrupt();
        }
    }

    private static long browserCpuMillis() {
        return ProcessHandle.current()
                .descendants()
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
                .sum();
    }

    /// @param other where not 0, every tenth is another process than where it is 0
    private static List<ProcessSample> processes(int other) {
        List<ProcessSample> few = Scenario.board().snapshot().processes();
        List<ProcessSample> many = new ArrayList<>(Boards.copies(few, PROCESSES));
        List<ProcessSample> others = Boards.copies(few.reversed(), PROCESSES);
        for (int i = 0; other != 0 && i < PROCESSES; i += 10) {
            many.set(i, others.get(i));
        }
        return many;
    }

    private static void rounds(Server server, List<List<ProcessSample>> many) {
        try {
            for (int i = 0; true; i++) {
                round(server, many.get(i % many.size()), 0);
                Thread.sleep(1000);
            }
        } catch (InterruptedException e) {
            // measured
        }
    }

    private static void round(Server server, List<ProcessSample> many, int roundsAgo) {
        Instant at = Instant.now().minusSeconds(15L * roundsAgo);
        var board = Boards.of(Boards.at(Scenario.board(), at), many);
        server.history.add(board.snapshot());
        server.board.set(board);
    }
}
