package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Fdsentry.Ended;
import io.fdsentry.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon whose `sampling.budget` is far less than reading the sockets of its targets takes: counts never stop,
/// what is left out of a round is absent and said to be, what is told is right, and every socket has its turn.
@Tag("real")
class SamplingBudgetTest {
    private static final int PROCESSES = 4;
    /// Each has both ends, and its listener.
    private static final int CONNECTIONS = 1000;

    private static final String OPEN = "l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(); hold.append(l);"
            + " hold += [end for _ in range(%d) for end in (socket.create_connection(l.getsockname()), l.accept()[0])]";

    @TempDir
    Path directory;

    private final List<Python> targets = new ArrayList<>();

    @BeforeEach
    void openSockets() {
        for (int i = 0; i < PROCESSES; i++) {
            Python target = Python.start();
            targets.add(target);
            target.run(OPEN.formatted(CONNECTIONS));
        }
    }

    @AfterEach
    void close() {
        targets.forEach(Python::close);
    }

    @Test
    void whatIsLeftOutIsSaidAndHasItsTurnLater() throws Exception {
        configure(0.001);
        try (Fdsentry daemon = Fdsentry.start(directory, "run", "--web.listen-address=127.0.0.1:0")) {
            daemon.awaitLog("msg=\"first round\"");
            String poor = Await.value(
                    "a round without sockets", () -> looked(daemon), text -> value(text, "scan_coverage_ratio") == 0);
            targets.forEach(target -> assertLeftOut(poor, target.pid()));
            assertInspectExplains(daemon);
            Await.value("sockets seen", () -> looked(daemon), text -> value(text, "scan_coverage_ratio") == 1);

            configure(1);
            daemon.signal("HUP");
            Await.until("every round whole", () -> areWhole(daemon));
        }
    }

    /// What is exported; whatever it tells of a target has to be right in every round.
    private String looked(Fdsentry daemon) throws IOException, InterruptedException {
        String text = daemon.get("/metrics").body();
        for (Python target : targets) {
            String states = "process_tcp_sockets{pid=\"%1$d\",state=\"%%s\",target=\"p%1$d\"}".formatted(target.pid());
            if (text.contains("fdsentry_" + states.formatted("listen"))) {
                assertEquals(2 * CONNECTIONS, value(text, states.formatted("established")));
                assertEquals(1, value(text, states.formatted("listen")));
                assertEquals(0, value(text, states.formatted("closed")));
            }
        }
        return text;
    }

    private static void assertLeftOut(String text, int pid) {
        String labels = "{pid=\"%1$d\",target=\"p%1$d\"}".formatted(pid);
        assertEquals(openFds(pid), value(text, "process_open_fds" + labels));
        assertEquals(
                1, value(text, "process_probe_success{pid=\"%1$d\",probe=\"fds\",target=\"p%1$d\"}".formatted(pid)));
        assertEquals(
                0,
                value(text, "process_probe_success{pid=\"%1$d\",probe=\"sockets\",target=\"p%1$d\"}".formatted(pid)));
        assertTrue(text.contains(
                "fdsentry_process_probe_info{pid=\"%1$d\",probe=\"sockets\",reason=\"budget\",target=\"p%1$d\"} 1"
                        .formatted(pid)));
        assertFalse(
                text.contains("fdsentry_process_tcp_sockets{pid=\"%1$d\"".formatted(pid)), "never zero for unknown");
    }

    private void assertInspectExplains(Fdsentry daemon) {
        String address = "127.0.0.1:" + daemon.port();
        String pid = Integer.toString(targets.getFirst().pid());
        Ended told = Await.value(
                "inspect of a round without sockets",
                () -> Fdsentry.run(directory, "inspect", "--pid", pid, "--web.listen-address", address),
                ended -> ended.out().contains("(budget)"));
        assertEquals(0, told.exitCode(), told.err());
        assertTrue(told.out().contains("Seen by the daemon at " + address), told.out());
        assertTrue(told.out().contains("remedy: raise sampling.budget or sampling.interval"), told.out());
        assertFalse(told.out().contains("ESTABLISHED"), told.out());
    }

    private boolean areWhole(Fdsentry daemon) throws IOException, InterruptedException {
        String text = looked(daemon);
        return value(text, "scan_coverage_ratio") == 1
                && targets.stream()
                        .allMatch(target ->
                                text.contains("fdsentry_process_tcp_sockets{pid=\"%1$d\",state=\"established\""
                                        .formatted(target.pid())));
    }

    private void configure(double budget) throws IOException {
        StringBuilder yaml = new StringBuilder("sampling: {interval: 1s, budget: %s}\ntargets:\n".formatted(budget));
        for (Python target : targets) {
            yaml.append("  - {name: p%1$d, match: {pid: %1$d}}\n".formatted(target.pid()));
        }
        Files.writeString(directory.resolve("config.yaml"), yaml);
    }

    private static int openFds(int pid) {
        String[] names = Path.of("/proc/" + pid + "/fd").toFile().list();
        return names == null ? 0 : names.length;
    }

    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith("fdsentry_" + series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
    }
}
