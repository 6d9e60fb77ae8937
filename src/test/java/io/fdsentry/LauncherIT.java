package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/fdsentry` of the distribution: which Java it takes, and what it says when there is none.
@Tag("real")
class LauncherIT {
    private static final Path DISTRIBUTION = Path.of("target/fdsentry").toAbsolutePath();
    private static final Path LAUNCHER = DISTRIBUTION.resolve("bin/fdsentry");
    private static final String TOOLS = "/usr/bin:/bin";

    @TempDir
    Path folder;

    private record Ended(int code, String out) {}

    @Test
    void javaHomeIsTakenFirst() throws Exception {
        Path java = fakeJava(folder.resolve("mine"), "26");
        assertEquals("java of mine", run(Map.of("PATH", TOOLS, "JAVA_HOME", java.toString()), LAUNCHER).out);
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        Path old = fakeJava(folder.resolve("old"), "21");
        Path onPath = fakeJava(folder.resolve("new"), "25");
        Ended ended = run(Map.of("PATH", onPath + "/bin:" + TOOLS, "JAVA_HOME", old.toString()), LAUNCHER);
        assertEquals("java of new", ended.out);
    }

    @Test
    void aLinkToItFindsItsLibraries() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("fdsentry"), LAUNCHER);
        Map<String, String> environment = Map.of("PATH", TOOLS, "JAVA_HOME", System.getProperty("java.home"));
        Ended ended = run(environment, link, "--version");
        assertEquals(0, ended.code, ended.out);
        assertTrue(ended.out.contains("fdsentry 0."), ended.out);
    }

    @Test
    void withoutJavaItSaysWhatIsMissing() throws Exception {
        Needs.root();
        Ended ended = run(
                Map.of("PATH", TOOLS),
                Path.of("/usr/bin/unshare"),
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs none /usr/lib/jvm && exec " + LAUNCHER + " --version");
        assertEquals(1, ended.code, ended.out);
        assertTrue(ended.out.startsWith("fdsentry: no Java 25 or newer in JAVA_HOME, on PATH"), ended.out);
    }

    @Test
    void itBecomesTheJavaItStarts() throws Exception {
        Path java = fakeJava(folder.resolve("mine"), "25");
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho $$\n");
        Process process = start(Map.of("PATH", TOOLS, "JAVA_HOME", java.toString()), LAUNCHER);
        assertEquals(Long.toString(process.pid()), text(process), "exec keeps the pid");
    }

    @Test
    void aTrainedCacheIsUsedAndSaysNothing() throws Exception {
        Path copy = copyOfTheDistribution();
        Map<String, String> environment = Map.of("PATH", TOOLS, "JAVA_HOME", System.getProperty("java.home"));
        Path launcher = copy.resolve("bin/fdsentry");
        Ended plain = run(environment, launcher, "--version");
        Ended trained = run(environment, launcher, "train");
        assertEquals(0, trained.code, trained.out);
        assertTrue(Files.size(copy.resolve("lib/fdsentry.aot")) > 0, trained.out);
        assertEquals(plain, run(environment, launcher, "--version"));
        Map<String, String> must = new HashMap<>(environment);
        must.put("FDSENTRY_JAVA_OPTS", "-XX:AOTMode=on");
        assertEquals(plain, run(must, launcher, "--version"), "with a cache that has to be usable");
    }

    @Test
    void aCacheThatCannotBeUsedIsLeftAlone() throws Exception {
        Path copy = copyOfTheDistribution();
        Map<String, String> environment = Map.of("PATH", TOOLS, "JAVA_HOME", System.getProperty("java.home"));
        Ended plain = run(environment, copy.resolve("bin/fdsentry"), "--version");
        Files.writeString(copy.resolve("lib/fdsentry.aot"), "of another JVM\n".repeat(1000));
        assertEquals(plain, run(environment, copy.resolve("bin/fdsentry"), "--version"));
    }

    private Path copyOfTheDistribution() throws IOException {
        Path to = folder.resolve("fdsentry copied");
        try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(DISTRIBUTION.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    private static Path fakeJava(Path home, String version) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho java of " + home.getFileName() + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        return home;
    }

    private static Ended run(Map<String, String> environment, Path program, String... args) throws Exception {
        Process process = start(environment, program, args);
        String out = text(process);
        return new Ended(process.waitFor(), out);
    }

    private static Process start(Map<String, String> environment, Path program, String... args) throws IOException {
        String[] command = new String[args.length + 1];
        command[0] = program.toString();
        System.arraycopy(args, 0, command, 1, args.length);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
