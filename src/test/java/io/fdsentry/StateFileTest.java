package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.detect.Detector;
import io.fdsentry.model.Resource;
import io.fdsentry.model.TargetPast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What targets were like, on disk.
class StateFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<TargetPast> PAST =
            List.of(new TargetPast("ruler", NOW, Map.of(Resource.SOCKETS, new TargetPast.Normal(812, 90_000, 2))));

    @TempDir
    Path parent;

    @Test
    void whatIsWrittenIsReadByItsOwnerAlone() throws IOException {
        StateFile file = new StateFile(directory());
        assertEquals(List.of(), file.read());
        file.write(PAST);
        file.write(PAST);
        assertEquals(PAST, file.read());
        assertEquals(List.of(StateFile.NAME), names());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory().resolve(StateFile.NAME))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"version\": 2, \"targets\": []}",
                "{\"version\": 1}",
                "{\"version\": 1, \"targets\": [{\"target\": \"a\"}]}",
                "{\"version\": 1, \"targets\": [{\"target\": \"a\", \"seen\": \"x\", \"resources\": {}}]}",
                "{\"version\": 1, \"targets\": [{\"target\": \"a\", \"seen\": \"2026-11-21T12:00:00Z\", \"resources\": "
                        + "{\"fds\": {\"peak\": -1, \"watched_seconds\": 0, \"suspected_lives\": 0}}}]}"
            })
    void aFileThatIsDamagedIsToldOfAndWrittenAnew(String text) throws Exception {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve(StateFile.NAME), text);
        assertThrows(IOException.class, () -> new StateFile(directory()).read());
        Detector detector = new Detector();
        StateKeeper keeper = new StateKeeper(detector);
        keeper.follow(directory(), NOW);
        detector.recall(PAST);
        keeper.write(NOW);
        assertEquals(PAST, new StateFile(directory()).read());
    }

    @Test
    void whatACrashLeftHalfWrittenAndWhatIsTooLargeDoNoHarm() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve(".targets.json.unfinished"), "{");
        StateFile file = new StateFile(directory());
        file.write(PAST);
        assertEquals(List.of(StateFile.NAME), names());
        Files.write(directory().resolve(StateFile.NAME), new byte[(int) StateFile.MOST_BYTES + 1]);
        assertThrows(IOException.class, file::read);
    }

    @Test
    void aDirectoryThatCannotBeWrittenEndsNothing() throws IOException {
        Path occupied = Files.writeString(parent.resolve("file"), "");
        StateKeeper keeper = new StateKeeper(new Detector());
        keeper.follow(occupied, NOW);
        keeper.write(NOW);
        assertTrue(Files.isRegularFile(occupied));
    }

    @Test
    void itIsWrittenNowAndThenAndNowhereWithoutADirectory() throws IOException {
        Detector detector = new Detector();
        StateKeeper keeper = new StateKeeper(detector);
        keeper.follow(null, NOW);
        keeper.afterRound(NOW);
        keeper.follow(directory(), NOW);
        detector.recall(PAST);
        keeper.afterRound(NOW.plusSeconds(30));
        assertEquals(List.of(), new StateFile(directory()).read());
        keeper.afterRound(NOW.plusSeconds(601));
        assertEquals(PAST, new StateFile(directory()).read());
        Detector next = new Detector();
        new StateKeeper(next).follow(directory(), NOW);
        assertEquals(PAST, next.past(NOW));
    }

    private Path directory() {
        return parent.resolve("state");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
