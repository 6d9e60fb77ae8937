package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The distribution on other real kernels, by emulation: Linux 6.1, where the fd directory has no size, and arm64.
@Tag("real")
class OtherKernelsIT {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({"x86_64, 6.1, 0", "aarch64, 6.12, 7"})
    void oneLookCountsWhatIsThere(String machine, String kernel, int sizeOfFdDirectory) throws Exception {
        Needs.program("qemu-system-" + machine);
        Needs.that(Files.exists(tools().resolve("vm-" + machine + "/done")), "scripts/vm.sh prepare " + machine);
        copy(Path.of("target/fdsentry"), root.resolve("fdsentry"));
        Files.copy(Path.of("src/test/vm/once.sh"), root.resolve("test.sh"));

        String console = boot(machine);

        assertTrue(console.contains("vm: " + kernel + "."), console);
        assertTrue(console.contains("vm: test ended with 0"), console);
        MatchResult truth = find(console, "truth: size=(\\d+) holder=(\\d+) listener=(\\d+)");
        assertEquals(sizeOfFdDirectory, Integer.parseInt(truth.group(1)));
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

    private String boot(String machine) throws IOException {
        Process emulator = new ProcessBuilder("scripts/vm.sh", "boot", machine, root.toString())
                .redirectErrorStream(true)
                .start();
        return new String(emulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
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

    private static Path tools() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "fdsentry-tools");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
