package io.fdsentry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Go programs as targets, from one source file each.
public final class GoProgram {
    private GoProgram() {}

    /// Builds `src/test/resources/go/NAME.go` with the `go` on PATH, offline and without cgo. Needs `go`.
    ///
    /// @param directory where the program goes
    public static Path build(String name, Path directory) {
        Path go = Needs.program("go");
        Path source = directory.resolve(name + ".go");
        Path program = directory.resolve(name);
        try (InputStream in = Objects.requireNonNull(
                GoProgram.class.getResourceAsStream("/go/" + name + ".go"), "no source for " + name)) {
            Files.write(source, in.readAllBytes());
            ProcessBuilder build =
                    new ProcessBuilder(go.toString(), "build", "-o", program.toString(), source.toString());
            build.environment().putAll(Map.of("CGO_ENABLED", "0", "GOTOOLCHAIN", "local", "GOFLAGS", "-mod=mod"));
            run(build.directory(directory.toFile()));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        List<String> output = process.inputReader().lines().toList();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(builder.command() + ": " + String.join("\n", output));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
