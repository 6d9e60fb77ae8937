package io.fdsentry.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/// What a test needs from its machine. What is missing skips the test with one clear line, and fails it where
/// `CI=true`: there nothing is skipped.
public final class Needs {
    /// Where `scripts/tools.sh` unpacks newer packages than the system's own.
    private static final Path UNPACKED = Path.of(
                    System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"))
            .resolve("fdsentry-tools");

    private Needs() {}

    /// A program on PATH, or where Debian keeps it off PATH.
    ///
    /// @return its path
    public static Path program(String name) {
        String places = UNPACKED.resolve("bin") + ":" + UNPACKED.resolve("prometheus/usr/bin") + ":"
                + UNPACKED.resolve("victoria-metrics/usr/bin") + ":" + UNPACKED.resolve("process-exporter/usr/bin")
                + ":"
                + System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        Path found = Arrays.stream(places.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null) {
            missing("the program " + name);
        }
        return Objects.requireNonNull(found);
    }

    /// A Python with the packages that `scripts/tools.sh` installs apart from the system's own.
    public static Path python() {
        Path python = UNPACKED.resolve("python/bin/python");
        that(Files.isExecutable(python) && Files.exists(UNPACKED.resolve("python.done")), "scripts/tools.sh's Python");
        return python;
    }

    /// A file that `scripts/tools.sh` put below its folder.
    ///
    /// @return its path
    public static Path unpacked(String file) {
        Path path = UNPACKED.resolve(file);
        that(Files.exists(path), path + ", which scripts/tools.sh makes");
        return path;
    }

    /// Uid 0.
    public static void root() {
        that(isRoot(), "root");
    }

    /// Anything else, named.
    public static void that(boolean present, String what) {
        if (!present) {
            missing(what);
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            fail("this test needs " + what);
        }
        System.err.println("skipped: needs " + what);
        abort("needs " + what);
    }
}
