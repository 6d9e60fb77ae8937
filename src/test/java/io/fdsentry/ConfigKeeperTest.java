package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.model.ConfigStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is right, wrong, missing, and changes; the clock is moved by hand.
class ConfigKeeperTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path directory;

    private Instant now = START;

    private final InstantSource clock = () -> now;

    @Test
    void aGoodFileIsInForce() throws Exception {
        Path file = write("sampling: {interval: 5s}");
        ConfigKeeper keeper = keeper(file, OnError.EXIT);
        assertEquals(Duration.ofSeconds(5), interval(keeper));
        assertEquals(
                new ConfigStatus(file.toString(), true, START, List.of()),
                keeper.inForce().status());
    }

    @Test
    void aWrongFileAtTheStartIsRefusedWithEveryProblem() throws Exception {
        Path file = write("sampling: {interval: 5}\nwebb: {}");
        ConfigRejected rejected = assertThrows(ConfigRejected.class, () -> keeper(file, OnError.EXIT));
        assertEquals(2, rejected.problems().size());
    }

    @Test
    void aWrongFileMayGiveWayToTheDefaults() throws Exception {
        Path file = write("sampling: {interval: 5}");
        ConfigKeeper keeper = keeper(file, OnError.DEFAULTS);
        assertSame(Config.DEFAULTS, keeper.inForce().config());
        ConfigStatus status = keeper.inForce().status();
        assertFalse(status.lastReloadSuccessful());
        assertEquals("built-in defaults, since " + file + " is wrong", status.source());
        assertTrue(
                status.problems().getFirst().startsWith(file + ":1:"),
                status.problems().toString());

        write("sampling: {interval: 5s}");
        assertEquals(List.of(), keeper.reload());
        assertEquals(Duration.ofSeconds(5), interval(keeper));
        assertTrue(keeper.inForce().status().lastReloadSuccessful());
    }

    @Test
    void aMissingFileThatWasNamedIsAProblem() {
        assertThrows(ConfigRejected.class, () -> keeper(directory.resolve("none.yaml"), OnError.EXIT));
    }

    @Test
    void aNewFileThatIsWrongKeepsTheOldConfiguration() throws Exception {
        Path file = write("sampling: {interval: 5s}");
        ConfigKeeper keeper = keeper(file, OnError.EXIT);
        now = START.plusSeconds(60);
        write("sampling: {interval: never}");
        assertEquals(1, keeper.reload().size());
        assertEquals(Duration.ofSeconds(5), interval(keeper));
        ConfigStatus status = keeper.inForce().status();
        assertFalse(status.lastReloadSuccessful());
        assertEquals(START, status.lastSuccess());
        assertEquals(1, status.problems().size());
    }

    @Test
    void aFileThatGoesAwayKeepsTheOldConfiguration() throws Exception {
        Path file = write("sampling: {interval: 5s}");
        ConfigKeeper keeper = keeper(file, OnError.EXIT);
        Files.delete(file);
        assertEquals(1, keeper.reload().size());
        assertEquals(Duration.ofSeconds(5), interval(keeper));
    }

    @Test
    void aChangedFileIsTakenOverOnceItStandsStill() throws Exception {
        ConfigKeeper keeper = keeper(write("sampling: {interval: 5s}"), OnError.EXIT);
        assertFalse(keeper.poll());
        write("sampling: {interval: 7s}");
        assertFalse(poll(keeper), "seen once");
        assertTrue(poll(keeper), "seen twice");
        assertEquals(Duration.ofSeconds(7), interval(keeper));
        assertFalse(poll(keeper));
    }

    private boolean poll(ConfigKeeper keeper) {
        now = now.plusSeconds(10);
        return keeper.poll();
    }

    private static Duration interval(ConfigKeeper keeper) {
        return keeper.inForce().config().sampling().interval();
    }

    private ConfigKeeper keeper(Path file, OnError onError) throws ConfigRejected {
        return new ConfigKeeper(file, onError, clock, Map.of());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }
}
