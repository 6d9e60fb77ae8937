package io.fdsentry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The exposition of [Scenario], word for word: the public interface, to be reviewed as a diff. Figures of the
/// test's own process are 0 in it, and the series of its memory pools and collectors are left out, as they differ
/// between JVMs. After a change that is meant: `-Dgolden.update=true`.
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden.txt");

    @Test
    void expositionIsAsReviewed() throws IOException {
        String now = withoutOwnFigures(Scrape.of(Scenario.board(), Scenario.config()));
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, now);
        }
        assertEquals(Files.readString(GOLDEN), now);
    }

    @Test
    @Tag("real")
    void promtoolFindsNothingToSay() throws Exception {
        Path promtool = Needs.program("promtool");
        Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .redirectInput(GOLDEN.toFile())
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", said);
        assertEquals(0, check.waitFor());
    }

    private static String withoutOwnFigures(Scrape scrape) {
        return scrape.lines().stream()
                .filter(line -> !line.matches("jvm_(memory_pool|gc|runtime)\\w*\\{.*"))
                .map(line -> line.replaceAll("^((process|jvm)_.*) \\S+$", "$1 0"))
                .map(line -> line.replaceAll("java_version=\"[^\"]*\"", "java_version=\"25\""))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
