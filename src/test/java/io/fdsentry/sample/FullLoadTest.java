package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 50 processes with 60,000 descriptors and 50,000 TCP sockets: every count of every process is what `ss -tanpe`
/// and `lsof` say, in a full scan and in the steady rounds after it.
@Tag("real")
class FullLoadTest {
    private static final Pattern OWNER = Pattern.compile("pid=(\\d+),");

    @TempDir
    Path folder;

    @Test
    void everyCountIsThatOfSsAndLsof() throws Exception {
        Needs.program("ss");
        Needs.program("lsof");
        Process load = load();
        try {
            long[] pids = Arrays.stream(load.inputReader().readLine().strip().split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            assertEquals(50, pids.length);
            Map<String, Integer> ss = ss();
            Map<String, Integer> lsof = lsof(pids);
            try (Watching watching = Watching.pids(pids)) {
                watching.round();
                for (int i = 0; i < 3; i++) {
                    assertSame(watching.round(), ss, lsof);
                }
            }
        } finally {
            load.outputWriter().close();
            load.waitFor();
        }
    }

    private static void assertSame(Snapshot snapshot, Map<String, Integer> ss, Map<String, Integer> lsof) {
        int sockets = 0;
        int open = 0;
        for (ProcessSample process : snapshot.processes()) {
            int pid = process.id().pid();
            open += Seen.of(process.openFds());
            sockets += Seen.of(process.sockets()).protocols().get(Protocol.TCP);
            for (TcpState state : new TcpState[] {TcpState.ESTABLISHED, TcpState.LISTEN, TcpState.CLOSE_WAIT}) {
                assertEquals(
                        ss.getOrDefault(pid + " " + state, 0),
                        Seen.of(process.sockets()).tcp().get(state),
                        state + " of " + pid);
            }
            assertEquals(lsof.get(pid + " all"), Seen.of(process.openFds()), "fds of " + pid);
            var kinds = Seen.of(process.fdKinds()).kinds();
            assertEquals(lsof.get(pid + " IPv4"), kinds.get(FdKind.SOCKET), "sockets of " + pid);
            assertEquals(lsof.get(pid + " FIFO"), kinds.get(FdKind.PIPE), "pipes of " + pid);
        }
        assertTrue(sockets >= 50_000 && open >= 60_000, sockets + " sockets, " + open + " fds");
    }

    private static Map<String, Integer> ss() throws IOException, InterruptedException {
        Map<String, Integer> counts = new HashMap<>();
        for (String line : lines("ss", "-tanpeHO")) {
            String word = line.substring(0, line.indexOf(' '));
            String state = word.equals("ESTAB") ? "ESTABLISHED" : word.replace('-', '_');
            Matcher owner = OWNER.matcher(line);
            while (owner.find()) {
                counts.merge(owner.group(1) + " " + state, 1, Integer::sum);
            }
        }
        return counts;
    }

    /// Descriptors by `PID all` and `PID TYPE`.
    private static Map<String, Integer> lsof(long[] pids) throws IOException, InterruptedException {
        String list =
                String.join(",", Arrays.stream(pids).mapToObj(Long::toString).toList());
        Map<String, Integer> counts = new HashMap<>();
        String pid = "";
        for (String line : lines("lsof", "-nP", "-a", "-p", list, "-d", "0-65535", "-F", "pt")) {
            if (line.startsWith("p")) {
                pid = line.substring(1);
            } else if (line.startsWith("t")) {
                counts.merge(pid + " all", 1, Integer::sum);
                counts.merge(pid + " " + line.substring(1), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static List<String> lines(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
        return lines;
    }

    private Process load() throws IOException, InterruptedException {
        Path program = folder.resolve("fdload");
        String[] compile = {Needs.program("cc").toString(), "-O2", "-o", program.toString(), "src/bench/fdload.c"};
        assertEquals(0, new ProcessBuilder(compile).inheritIO().start().waitFor());
        return new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
