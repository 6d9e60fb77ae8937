package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The image starts Java as `bin/fdsentry` does.
class ImageOptionsTest {
    private static final Pattern FLAG = Pattern.compile("(?m)(?<=^|\\s)-[-X][^\\s\"$]+");
    private static final Path LAUNCHER = Path.of("src/main/dist/bin/fdsentry");
    private static final Path IMAGE = Path.of("deploy/image");

    @Test
    void theFlagsAreThoseOfTheLauncherButForTheHeap() throws IOException {
        String launcher = Files.readString(LAUNCHER);
        Set<String> wanted = flags(launcher.substring(launcher.indexOf("exec \"$java")));
        assertTrue(wanted.removeIf(flag -> flag.startsWith("-Xmx")));
        wanted.add("-XX:MaxRAMPercentage=40");
        assertEquals(wanted, flags(Files.readString(IMAGE.resolve("java.options"))));
    }

    /// The kernel passes the line's rest as one argument, and no more than 255 bytes of the line.
    @Test
    void theCommandIsOneLineThatTheKernelUnderstands() throws IOException {
        String script = Files.readString(IMAGE.resolve("fdsentry"));
        assertEquals("#!/opt/fdsentry/runtime/bin/java @/opt/fdsentry/launch.options\n", script);
        assertTrue(Files.readString(IMAGE.resolve("java.options"))
                .contains("-Dfdsentry.script=/opt/fdsentry/bin/fdsentry\n"));
    }

    private static Set<String> flags(String text) {
        return FLAG.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
