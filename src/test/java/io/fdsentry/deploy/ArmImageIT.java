package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.EmulatedMachine;
import io.fdsentry.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The image for arm64: the shipped Dockerfile builds it under emulation, and a Linux of that kind runs what it made,
/// with the cache of classes that was trained meanwhile.
@Tag("full")
class ArmImageIT {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    @TempDir
    Path root;

    @Test
    void theDockerfileMakesAnImageThatRunsOnArm64() throws Exception {
        Needs.root();
        Needs.program("podman");
        EmulatedMachine.need("aarch64");
        String built = Manifest.run("scripts/arm64-image.sh", root.toString());
        assertTrue(
                Pattern.compile("(?m)^fdsentry .*, aarch64\\)$").matcher(built).find(), built);
        Files.copy(Path.of("src/test/vm/image.sh"), root.resolve("test.sh"));
        Files.copy(Path.of("src/test/vm/steps.sh"), root.resolve("steps.sh"));
        try (EmulatedMachine machine = EmulatedMachine.boot("aarch64", root, LONGEST)) {
            String console = machine.end();
            for (String line : new String[] {
                "vm: 6\\..* aarch64", "fdsentry .*, aarch64\\)", ".*busybox.* +1 +\\d+ .*", "daemon ended with 0"
            }) {
                assertTrue(console.lines().anyMatch(one -> one.matches(line)), line + "\n" + console);
            }
        }
    }
}
