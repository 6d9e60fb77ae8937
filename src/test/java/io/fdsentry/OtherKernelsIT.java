package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.EmulatedMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The distribution on other real kernels, by emulation: Linux 6.1, where the fd directory has no size, and arm64.
@Tag("real")
class OtherKernelsIT {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    @TempDir
    static Path root;

    /// Both at once: each is busy with one processor, and mostly unpacks and translates.
    @Test
    void oneLookCountsWhatIsThere() throws Exception {
        EmulatedMachine.need("x86_64");
        EmulatedMachine.need("aarch64");
        EmulatedMachine.copy(Path.of("target/fdsentry"), root.resolve("fdsentry"));
        Files.copy(Path.of("src/test/vm/once.sh"), root.resolve("test.sh"));
        Files.copy(Path.of("src/test/vm/steps.sh"), root.resolve("steps.sh"));
        try (EmulatedMachine older = EmulatedMachine.boot("x86_64", root, LONGEST);
                EmulatedMachine arm = EmulatedMachine.boot("aarch64", root, LONGEST)) {
            assertCounted(older.end(), "6.1", 0);
            assertCounted(arm.end(), "6.12", 7);
        }
    }

    /// @param size of the directory of descriptors as stat(2) has it
    private static void assertCounted(String console, String kernel, int size) {
        assertTrue(console.contains("vm: " + kernel + "."), console);
        MatchResult truth = find(console, "truth: size=(\\d+) holder=(\\d+) listener=(\\d+)");
        assertEquals(size, Integer.parseInt(truth.group(1)));
        assertEquals("7", truth.group(2));
        assertEquals(truth.group(2), value(console, "fdsentry_process_open_fds", "holder", ""));
        assertEquals("1", value(console, "fdsentry_process_deleted_files", "holder", ""));
        assertEquals("0", value(console, "fdsentry_process_fds", "holder", ",kind=\"socket\""));
        assertEquals(truth.group(3), value(console, "fdsentry_process_open_fds", "listener", ""));
        assertEquals("1", value(console, "fdsentry_process_tcp_sockets", "listener", ",state=\"listen\""));
        for (String probe : new String[] {"fds", "fd_kinds", "limits", "sockets", "idle", "threads"}) {
            assertEquals(
                    "1",
                    value(console, "fdsentry_process_probe_success", "holder", ",probe=\"" + probe + "\""),
                    probe + "\n" + console);
        }
    }

    private static String value(String console, String metric, String target, String more) {
        String labels = "[^}]*target=\"" + target + "\"[^}]*";
        Pattern line = Pattern.compile("^" + metric + "\\{(" + labels + ")} (\\S+)$", Pattern.MULTILINE);
        return line.matcher(console)
                .results()
                .filter(found -> more.isEmpty() || ("," + found.group(1)).contains(more))
                .map(found -> found.group(2).replaceAll("\\.0$", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " of " + target + more + " in\n" + console));
    }

    private static MatchResult find(String console, String pattern) {
        return Pattern.compile(pattern)
                .matcher(console)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + pattern + " in\n" + console));
    }
}
