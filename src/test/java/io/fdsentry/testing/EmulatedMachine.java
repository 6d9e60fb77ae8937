package io.fdsentry.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A machine of `scripts/vm.sh`: another kernel or another architecture, by emulation. It runs one script and switches
/// itself off. What it prints is in `target/machines` as it comes.
public final class EmulatedMachine implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final Path console;
    private final Duration longest;
    private final StringBuffer printed = new StringBuffer();
    private final Thread reader;

    private EmulatedMachine(Process process, Path console, Duration longest) {
        this.process = process;
        this.console = console;
        this.longest = longest;
        reader = Thread.ofPlatform().daemon().name("console").start(this::read);
    }

    /// Skips or fails the test where the emulator or the machine's disk is missing.
    ///
    /// @param name `x86_64` or `aarch64`
    public static void need(String name) {
        Needs.program("qemu-system-" + name);
        Needs.unpacked("machine-" + name + "/done");
    }

    /// @param root what is added to its root; `test.sh` in it is run
    /// @param longest after which the emulator ends whatever it does
    public static EmulatedMachine boot(String name, Path root, Duration longest) throws IOException {
        Path console =
                Files.createDirectories(Path.of("target/machines")).resolve(name + "-" + root.getFileName() + ".txt");
        ProcessBuilder boot =
                new ProcessBuilder("scripts/vm.sh", "boot", name, root.toString()).redirectErrorStream(true);
        boot.environment().put("VM_SECONDS", Long.toString(longest.toSeconds()));
        return new EmulatedMachine(boot.start(), console, longest);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader();
                Writer file = Files.newBufferedWriter(console)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                file.write(line + "\n");
                file.flush();
            }
        } catch (IOException e) {
            printed.append(e).append('\n');
        }
    }

    /// What it printed until it switched itself off. Fails where its script did not end well, or not in time.
    public String end() throws InterruptedException {
        boolean ended = process.waitFor(longest.plus(GRACE).toSeconds(), TimeUnit.SECONDS);
        close();
        reader.join(GRACE);
        String all = printed.toString();
        if (!ended || !all.contains("vm: test ended with")) {
            return fail(String.format(
                    Locale.ROOT,
                    "waited %d s for the machine to come to its end; its console, also in %s:%n%s",
                    longest.toSeconds(),
                    console,
                    all));
        }
        assertTrue(all.contains("vm: test ended with 0,"), all);
        return all;
    }

    /// Copies a file or a folder with all that is in it.
    public static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString()).normalize();
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroy();
    }
}
