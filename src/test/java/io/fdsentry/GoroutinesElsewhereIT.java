package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdsentry.testing.EmulatedMachine;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/// The goroutines of Go programs on another architecture, for real but for the processor, and with Yama, which
/// this machine's kernel may not have.
@Tag("full")
class GoroutinesElsewhereIT {
    private static final List<String> RELEASES = List.of("1.18", "1.23", "1.26", "1.27");
    private static final Duration LONGEST = Duration.ofMinutes(20);

    @TempDir
    Path root;

    @TempDir
    Path work;

    @Test
    void onArm64AndWhereYamaForbids() throws Exception {
        EmulatedMachine.need("aarch64");
        furnish();

        String console;
        try (EmulatedMachine machine = EmulatedMachine.boot("aarch64", root, LONGEST)) {
            console = machine.end();
        }

        for (String release : RELEASES) {
            assertTrue(console.contains("truth: equal, Go " + release + "\n"), console);
        }
        int allowed = console.indexOf("look: Yama's ptrace_scope is 0");
        assertRefusedAlone(console.substring(console.indexOf("look: Yama's ptrace_scope is 1"), allowed));
        assertAllThere(console.substring(allowed));
        assertTold(console.substring(console.indexOf("s: metrics")));
    }

    /// Goroutines are refused with what to do; all else is there in the same round, of Go and of Java.
    private static void assertRefusedAlone(String look) {
        JsonObject go = process(look, "1.26");
        JsonObject probe = go.getAsJsonObject("probes").getAsJsonObject("goroutines");
        assertEquals("yama", probe.get("reason").getAsString(), look);
        assertTrue(probe.get("remedy").getAsString().contains("kernel.yama.ptrace_scope"), look);
        assertTrue(!go.has("goroutines"), look);
        assertCounted(go, look);
        JsonObject jvm = process(look, "java");
        assertTrue(jvm.getAsJsonObject("jvm_threads").get("live").getAsInt() > 3, look);
    }

    private static void assertAllThere(String look) {
        JsonObject go = process(look, "1.26");
        assertCounted(go, look);
        JsonObject goroutines = go.getAsJsonObject("goroutines");
        assertEquals("native", goroutines.get("source").getAsString(), look);
        assertEquals(61, goroutines.get("count").getAsInt(), look);
        assertTrue(goroutines.toString().contains("main.(*keeper).locks waits.go:"), look);
    }

    private static void assertCounted(JsonObject go, String look) {
        MatchResult truth = Pattern.compile("truth: fds=(\\d+) threads=(\\d+)")
                .matcher(look)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(look));
        JsonObject fds = go.getAsJsonObject("fds");
        assertEquals(truth.group(1), fds.get("open").getAsString(), look);
        assertTrue(fds.getAsJsonObject("kinds").get("socket").getAsInt() >= 1, look);
        assertEquals(1, go.getAsJsonObject("tcp").get("listen").getAsInt(), look);
        assertEquals(
                truth.group(2), go.getAsJsonObject("threads").get("sleeping").getAsString(), look);
        for (String probe : List.of("fds", "fd_kinds", "limits", "sockets", "idle", "threads")) {
            JsonObject told = go.getAsJsonObject("probes").getAsJsonObject(probe);
            assertTrue(told.get("ok").getAsBoolean(), probe + "\n" + look);
        }
    }

    private static void assertTold(String metrics) {
        assertTrue(metrics.contains("probe=\"goroutines\",reason=\"yama\""), metrics);
        assertTrue(
                Pattern.compile("\nfdsentry_process_open_fds\\{.*} \\d")
                        .matcher(metrics)
                        .find(),
                metrics);
    }

    /// One of the processes that `inspect --json` printed, by its command.
    private static JsonObject process(String look, String command) {
        int start = look.indexOf("\n{") + 1;
        String json = look.substring(start, look.indexOf('\n', start));
        JsonArray items = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("items");
        for (JsonElement item : items) {
            if (item.getAsJsonObject().get("command").getAsString().equals(command)) {
                return item.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + command + " in\n" + look);
    }

    private void furnish() throws Exception {
        EmulatedMachine.copy(Path.of("target/fdsentry"), root.resolve("fdsentry"));
        for (String room : List.of("golang", "testing")) {
            EmulatedMachine.copy(
                    Path.of("target/test-classes/io/fdsentry/" + room), root.resolve("classes/io/fdsentry/" + room));
        }
        for (Class<?> of : List.of(Assertions.class, AssertionFailedError.class, JUnitException.class)) {
            Path jar = Path.of(
                    of.getProtectionDomain().getCodeSource().getLocation().toURI());
            EmulatedMachine.copy(jar, root.resolve("classes/lib/" + jar.getFileName()));
        }
        Files.copy(Path.of("src/test/vm/goroutines.sh"), root.resolve("test.sh"));
        Files.copy(Path.of("src/test/vm/steps.sh"), root.resolve("steps.sh"));
        Files.createDirectories(root.resolve("programs/waits"));
        for (String release : RELEASES) {
            Path program = GoProgram.build(release, "waits", Style.STRIPPED, "arm64", work);
            Files.copy(program, root.resolve("programs/waits/" + release));
        }
    }
}
