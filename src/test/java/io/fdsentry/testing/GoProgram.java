package io.fdsentry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Go programs as targets, from one source file each, built offline.
public final class GoProgram {
    /// The releases whose goroutines can be read.
    public static final List<String> RELEASES =
            List.of("1.18", "1.19", "1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.26", "1.27");

    private GoProgram() {}

    /// How a program is built.
    public enum Style {
        PLAIN,
        /// Without symbols and debug information.
        STRIPPED("-ldflags=-s -w"),
        /// The kernel chooses where it lies.
        PIE("-buildmode=pie"),
        PIE_STRIPPED("-buildmode=pie", "-trimpath", "-ldflags=-s -w"),
        /// With C, and linked by the C linker.
        CGO,
        CGO_PIE_STRIPPED("-buildmode=pie", "-ldflags=-s -w");

        private final List<String> flags;

        Style(String... flags) {
            this.flags = List.of(flags);
        }

        boolean isWithC() {
            return this == CGO || this == CGO_PIE_STRIPPED;
        }
    }

    /// Builds `src/test/resources/go/NAME.go` with the `go` on PATH, offline and without cgo. Needs `go`.
    ///
    /// @param directory where the program goes
    public static Path build(String name, Path directory) {
        return build(name, Style.PLAIN, directory);
    }

    /// The same, in a style.
    public static Path build(String name, Style style, Path directory) {
        return build(Needs.program("go"), name, style, "", directory);
    }

    /// Builds it with a release of Go that `scripts/tools.sh` fetched. Needs that.
    public static Path build(String release, String name, Style style, Path directory) {
        return build(release, name, style, "", directory);
    }

    /// Builds it for another machine.
    ///
    /// @param machine as GOARCH names it; empty for this one
    public static Path build(String release, String name, Style style, String machine, Path directory) {
        Path go = Needs.unpacked("go/" + release + "/bin/go");
        return build(go, name, style, machine, directory);
    }

    private static Path build(Path go, String name, Style style, String machine, Path directory) {
        Path program = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of(go.toString(), "build", "-o", program.toString()));
        command.addAll(style.flags);
        command.add(source(name, directory));
        if (style.isWithC()) {
            command.add(source(name + "-c", directory));
        }
        ProcessBuilder build = new ProcessBuilder(command);
        build.environment()
                .putAll(Map.of(
                        "CGO_ENABLED", style.isWithC() ? "1" : "0", "GOTOOLCHAIN", "local", "GOFLAGS", "-mod=mod"));
        build.environment().remove("GOROOT");
        if (!machine.isEmpty()) {
            build.environment().put("GOARCH", machine);
        }
        run(build.directory(directory.toFile()));
        return program;
    }

    private static String source(String name, Path directory) {
        try (InputStream in = Objects.requireNonNull(
                GoProgram.class.getResourceAsStream("/go/" + name + ".go"), "no source for " + name)) {
            return Files.write(directory.resolve(name + ".go"), in.readAllBytes())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(ProcessBuilder builder) {
        try {
            Process process = builder.redirectErrorStream(true).start();
            List<String> output = process.inputReader().lines().toList();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(builder.command() + ": " + String.join("\n", output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
