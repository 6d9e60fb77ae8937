package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `scripts/scale-rules.py`: every construct that has a time in it, and nothing else.
@Tag("real")
class ScaleRulesTest {
    private static final Path CONSTRUCTS = Path.of("src/test/resources/speed");
    private static final Path DEPLOY = Path.of("deploy");

    @TempDir
    Path folder;

    @BeforeEach
    void python() {
        Needs.program("python3");
    }

    @Test
    void everyConstructIsDividedAndNothingElse() throws Exception {
        String scaled = said(0, "20", CONSTRUCTS.resolve("as-written.yml").toString());
        assertEquals(Files.readString(CONSTRUCTS.resolve("twenty-fold.yml")), scaled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus/fdsentry.rules.yml",
                "prometheus/fdsentry-history.rules.yml",
                "alertmanager/alertmanager.yml"
            })
    void whatIsShippedKeepsItsLayout(String file) throws Exception {
        String shipped = Files.readString(DEPLOY.resolve(file));
        assertEquals(shipped, said(0, "1", DEPLOY.resolve(file).toString()));
        String scaled = said(0, "7", DEPLOY.resolve(file).toString());
        assertNotEquals(shipped, scaled);
        assertEquals(shipped.lines().count(), scaled.lines().count());
    }

    @Test
    void prometheusReadsTheShippedRulesAtSpeed() throws Exception {
        Path promtool = Needs.program("promtool");
        said(
                0,
                "20",
                DEPLOY + "/prometheus/fdsentry.rules.yml",
                DEPLOY + "/prometheus/fdsentry-history.rules.yml",
                folder + "");
        Process check = new ProcessBuilder(
                        promtool + "",
                        "check",
                        "rules",
                        folder + "/fdsentry.rules.yml",
                        folder + "/fdsentry-history.rules.yml")
                .redirectErrorStream(true)
                .start();
        String answer = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), answer);
    }

    @Test
    void aThresholdThatIsNoNumberIsRefused() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.yml"), """
                groups:
                  - name: g
                    rules:
                      - record: a_threshold_seconds
                        expr: sum(b)
                """);
        assertTrue(said(1, "20", rules.toString()).contains("a_threshold_seconds"));
    }

    private static String said(int code, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 2];
        command[0] = "python3";
        command[1] = "scripts/scale-rules.py";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, tool.waitFor(), said);
        return said;
    }
}
