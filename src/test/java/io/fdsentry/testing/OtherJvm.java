package io.fdsentry.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A JVM beside this one, as another user, with other rights or in other namespaces. Its classes are a copy that
/// every user may read, which a checkout often is not.
public final class OtherJvm {
    private final String classPath;

    private OtherJvm(String classPath) {
        this.classPath = classPath;
    }

    /// @param directory for the copy; every user may enter it from now on
    /// @param needed a class of each place that is needed: a directory of classes or a jar
    public static OtherJvm in(Path directory, Class<?>... needed) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> copies = new ArrayList<>();
        for (Class<?> one : needed) {
            Path from = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path to = directory.resolve(copies.size() + "-" + from.getFileName());
            copy(from, to);
            copies.add(to.toString());
        }
        return new OtherJvm(String.join(File.pathSeparator, copies));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }

    /// The command that runs a main class, to be put behind setpriv(1), unshare(1) and the like.
    public List<String> command(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xss512k"));
        command.add("-Dslf4j.internal.verbosity=ERROR"); // no provider among the copies, nothing to be said about it
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }

    /// Runs a main class to its end.
    ///
    /// @param before the command that runs it, such as setpriv(1); may be empty
    /// @return what it wrote to standard output, line by line
    public List<String> run(List<String> before, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(main, List.of(arguments)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        } finally {
            process.waitFor();
        }
    }
}
