package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
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

    @TempDir
    Path root;

    @TempDir
    Path work;

    @Test
    void onArm64AndWhereYamaForbids() throws Exception {
        Needs.program("qemu-system-aarch64");
        assertTrue(Files.exists(Needs.unpacked("vm-aarch64/done")));
        copy(Path.of("target/fdsentry"), root.resolve("fdsentry"));
        copy(Path.of("target/test-classes/io/fdsentry/golang"), root.resolve("classes/io/fdsentry/golang"));
        copy(Path.of("target/test-classes/io/fdsentry/testing"), root.resolve("classes/io/fdsentry/testing"));
        for (Class<?> of : List.of(Assertions.class, AssertionFailedError.class, JUnitException.class)) {
            Path jar = Path.of(
                    of.getProtectionDomain().getCodeSource().getLocation().toURI());
            copy(jar, root.resolve("classes/lib/" + jar.getFileName()));
        }
        Files.copy(Path.of("src/test/vm/goroutines.sh"), root.resolve("test.sh"));
        Files.createDirectories(root.resolve("programs/waits"));
        for (String release : RELEASES) {
            Path program = GoProgram.build(release, "waits", Style.STRIPPED, "arm64", work);
            Files.copy(program, root.resolve("programs/waits/" + release));
        }
        Files.copy(GoProgram.build("1.26", "crowd", Style.STRIPPED, "arm64", work), root.resolve("programs/crowd"));

        String console = boot();

        assertTrue(console.contains("vm: test ended with 0"), console);
        for (String release : RELEASES) {
            assertTrue(console.contains("truth: equal, Go " + release + "\n"), console);
        }
        String forbidden = console.substring(console.indexOf("look: scope 1"), console.indexOf("look: scope 0"));
        assertTrue(forbidden.contains("look: build Seen[value=26]"), console);
        assertTrue(forbidden.contains("look: attach Denied[reason=YAMA]"), console);
        String allowed = console.substring(console.indexOf("look: scope 0"));
        assertTrue(allowed.contains("look: attach Seen[value=41]"), console);
        assertTrue(allowed.contains("look: 10 at main.locks crowd.go:"), console);
    }

    private String boot() throws IOException {
        Process emulator = new ProcessBuilder("scripts/vm.sh", "boot", "aarch64", root.toString())
                .redirectErrorStream(true)
                .start();
        return new String(emulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString()).normalize();
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
