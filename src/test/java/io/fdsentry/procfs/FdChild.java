package io.fdsentry.procfs;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.FdZoo;
import io.fdsentry.libc.Libc;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A JVM beside this one, as another user or with fewer rights: it holds descriptors to be looked at, or looks.
/// Started from a copy of the classes that every user may read.
final class FdChild {
    private final Path classes;

    private FdChild(Path classes) {
        this.classes = classes;
    }

    /// @param directory for the copy, empty
    static FdChild in(Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path classes = Files.createDirectory(directory.resolve("classes"));
        for (Class<?> one : List.of(Libc.class, FdChild.class)) {
            copy(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()), classes);
        }
        return new FdChild(classes);
    }

    /// Starts one.
    ///
    /// @param prefix command that starts another, such as setpriv(1); may be empty
    Process start(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classes.toString()));
        command.add(FdChild.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// What a child has to say, line by line.
    List<String> ask(List<String> prefix, String... arguments) throws Exception {
        Process child = start(prefix, arguments);
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        } finally {
            child.waitFor();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String room : List.of("libc", "model", "procfs")) {
            Path source = from.resolve("io/fdsentry").resolve(room);
            Path target = Files.createDirectories(to.resolve("io/fdsentry").resolve(room));
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /// `hold DIRECTORY`: opens every kind. `hide`: may not be looked into. `fill NUMBER`: opens so many of one
    /// kind. All three say `ready` and stay until standard input closes. `look PID` says what can be seen of
    /// another.
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "hold" -> hold(FdZoo.open(Path.of(arguments[1])));
            case "hide" -> {
                FdZoo.hide();
                hold("hidden");
            }
            case "fill" -> hold(fill(Integer.parseInt(arguments[1])));
            case "look" -> look(Integer.parseInt(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void hold(Object kept) throws IOException {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            continue;
        }
        System.out.println("had " + kept);
    }

    private static int fill(int number) throws ErrnoException {
        int last = 0;
        for (int i = 0; i < number; i++) {
            last = Libc.open("/dev/null");
        }
        return last;
    }

    private static void look(int pid) {
        FdDirectory fds = new FdDirectory(new ProcFs(Path.of("/proc")));
        Outcome<Integer> count = fds.count(pid);
        System.out.println(count);
        System.out.println(fds.list(pid, new FdListing()).map(FdChild::describe));
    }

    /// How many there are, whether their kinds are known, and the inodes of sockets.
    static String describe(FdListing listing) {
        return listing.size()
                + (listing.kindsKnown() ? " known " : " unknown ")
                + IntStream.range(0, listing.size())
                        .filter(i -> listing.kind(i) == FdKind.SOCKET)
                        .mapToObj(i -> listing.fd(i) + "=" + listing.inode(i))
                        .collect(Collectors.joining(","));
    }
}
