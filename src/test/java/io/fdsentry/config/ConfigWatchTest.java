package io.fdsentry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each step writes something and looks; what a look says is `-` (nothing new), the interval, or the problems.
class ConfigWatchTest {
    private static final Duration EVERY = Duration.ofSeconds(5);

    @TempDir
    Path directory = Path.of("");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aPlainWriteCountsOnceTwoLooksFoundTheSame() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        assertEquals("-", look(watch));
        write("config.yaml", 20);
        assertEquals("-", look(watch));
        assertEquals("PT20S", look(watch));
        assertEquals("-", look(watch));
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNeverLoaded() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        Files.writeString(file, "");
        assertEquals("-", look(watch));
        Files.writeString(file, "sampling: {}\n");
        assertEquals("-", look(watch));
        Files.writeString(file, "sampling:\n  interval: 30s\n");
        assertEquals("-", look(watch));
        assertEquals("PT30S", look(watch));
    }

    @Test
    void aWriteThatIsTakenBackIsNoChange() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        write("config.yaml", 20);
        assertEquals("-", look(watch));
        write("config.yaml", 15);
        assertEquals("-", look(watch));
        write("config.yaml", 20);
        assertEquals("-", look(watch));
        assertEquals("PT20S", look(watch));
    }

    @Test
    void anEditorThatPutsAnotherFileInItsPlaceIsNoticed() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        Files.move(write("config.yaml.tmp", 25), file, StandardCopyOption.ATOMIC_MOVE);
        assertEquals("-", look(watch));
        assertEquals("PT25S", look(watch));
    }

    @Test
    void aConfigMapThatKubernetesSwapsIsNoticed() throws IOException {
        write("..2026_01/config.yaml", 15);
        write("..2026_02/config.yaml", 35);
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_01"));
        Path file = Files.createSymbolicLink(directory.resolve("config.yaml"), Path.of("..data/config.yaml"));
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_02"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        assertEquals("-", look(watch));
        assertEquals("PT35S", look(watch));
        assertEquals("-", look(watch));
    }

    @Test
    void aTouchWithoutAChangeIsNotNews() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        write("config.yaml", 15);
        assertEquals("-", look(watch));
        assertEquals("-", look(watch));
    }

    @Test
    void aWrongFileIsToldOnceAndItsRepairToo() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        Files.writeString(file, "web: {uii: on}");
        assertEquals("-", look(watch));
        assertEquals(file + ":1:7: web.uii: unknown key, did you mean \"ui\"?", look(watch));
        assertEquals("-", look(watch));
        write("config.yaml", 15);
        assertEquals("-", look(watch));
        assertEquals("PT15S", look(watch));
    }

    @Test
    void aFileThatIsGoneIsToldOnceAndItsReturnToo() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        Files.delete(file);
        assertEquals("-", look(watch));
        assertEquals(file + ":1:1: file: does not exist", look(watch));
        assertEquals("-", look(watch));
        write("config.yaml", 15);
        assertEquals("-", look(watch));
        assertEquals("PT15S", look(watch));
    }

    @Test
    void betweenTwoTimesNothingIsLookedAt() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        write("config.yaml", 20);
        assertEquals("-", look(watch));
        assertEquals("-", said(watch.poll(now.plusMillis(4999))));
        assertEquals("PT20S", said(watch.poll(now.plusSeconds(5))));
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheWatch() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        write("config.yaml", 20);
        assertEquals("-", look(watch));
        assertEquals("PT20S", said(watch.poll(now.minusSeconds(3600))));
    }

    @Test
    void whoAsksGetsWhatTheFileHoldsNow() throws IOException {
        Path file = write("config.yaml", 15);
        ConfigWatch<Config> watch = watch(file);
        assertEquals("PT15S", said(watch.load()));
        write("config.yaml", 20);
        assertEquals("PT20S", said(watch.load()));
        assertEquals("-", look(watch));
        assertEquals("-", look(watch));
    }

    @Test
    void whatCannotBeAFileOfTextIsAProblem() throws IOException {
        assertEquals(
                directory + ":1:1: file: cannot be read: Is a directory",
                said(watch(directory).load()));
        Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        assertEquals(
                large + ":1:1: file: is larger than 1 MiB", said(watch(large).load()));
    }

    private static ConfigWatch<Config> watch(Path file) {
        return ConfigWatch.ofConfig(file, EVERY, Map.of());
    }

    private Path write(String name, int seconds) throws IOException {
        Path file = directory.resolve(name);
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? file : parent);
        return Files.writeString(file, "sampling: {interval: " + seconds + "s}\n");
    }

    private String look(ConfigWatch<Config> watch) {
        now = now.plus(EVERY);
        return said(watch.poll(now));
    }

    private static String said(@Nullable Loaded<Config> loaded) {
        if (loaded == null) {
            return "-";
        }
        String problems = Loading.problems(loaded);
        return problems.isEmpty() ? Loading.value(loaded).sampling().interval().toString() : problems;
    }
}
