package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
    private static final String FIRST = "20261121t100000z-ruler-1-suspected";
    private static final String SECOND = "20261121t110000z-ruler-1-confirmed";
    private static final String THIRD = "20261121t120000z-ruler-1-urgent";
    private static final Instant NOW = Instant.parse("2026-11-21T12:30:00Z");
    private static final byte[] KILOBYTE = new byte[1000];
    private static final Duration CENTURY = Duration.ofDays(36_500);

    @TempDir
    Path top;

    private Shelf shelf(long maxSize, Duration maxAge) {
        return new Shelf(top.resolve("evidence"), maxSize, maxAge);
    }

    private static List<String> ids(Shelf shelf) throws IOException {
        return shelf.items().stream().map(Shelf.Item::id).toList();
    }

    @Test
    void theOldestGiveWay() throws IOException {
        Shelf shelf = shelf(2_500, CENTURY);
        for (String id : List.of(FIRST, SECOND, THIRD)) {
            shelf.write(id, KILOBYTE, Set.of());
        }
        assertEquals(List.of(SECOND, THIRD), ids(shelf));
        shelf.prune(NOW, 2_500, Set.of());
        assertEquals(List.of(), ids(shelf));
    }

    @Test
    void theNewestOfAStandingFindingDoesNot() throws IOException {
        Shelf shelf = shelf(2_500, Duration.ofHours(1));
        for (String id : List.of(FIRST, SECOND, THIRD)) {
            shelf.write(id, KILOBYTE, Set.of(FIRST));
        }
        assertEquals(List.of(FIRST, THIRD), ids(shelf));
    }

    @Test
    void whatIsTooOldGoes() throws IOException {
        Shelf shelf = shelf(1_000_000, CENTURY);
        for (String id : List.of(FIRST, SECOND, THIRD)) {
            shelf.write(id, KILOBYTE, Set.of());
        }
        shelf(1_000_000, Duration.ofHours(2)).prune(NOW, 0, Set.of());
        assertEquals(List.of(SECOND, THIRD), ids(shelf));
    }

    @Test
    void aCrashBeforeTheRenameLeavesNoRecordAndNoRest() throws IOException {
        Shelf shelf = shelf(1_000_000, CENTURY);
        shelf.write(FIRST, KILOBYTE, Set.of());
        Path unfinished = top.resolve("evidence/." + SECOND + ".unfinished");
        Files.write(unfinished, new byte[500]);
        assertEquals(List.of(FIRST), ids(shelf));
        shelf.open();
        assertFalse(Files.exists(unfinished));
        assertEquals(List.of(FIRST), ids(shelf));
    }

    @Test
    void filesOfOthersAreNotTouched() throws IOException {
        Shelf shelf = shelf(1, Duration.ofNanos(1));
        shelf.open();
        List<Path> others = List.of(
                top.resolve("evidence/notes.txt"),
                top.resolve("evidence/backup.json.gz"),
                top.resolve("evidence/.hidden.unfinished"));
        for (Path other : others) {
            Files.write(other, KILOBYTE);
        }
        Files.createDirectory(top.resolve("evidence/" + FIRST + ".json.gz"));
        shelf.open();
        shelf.prune(NOW, 10_000, Set.of());
        assertEquals(List.of(), ids(shelf));
        assertTrue(others.stream().allMatch(Files::exists));
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Shelf shelf = shelf(1_000_000, CENTURY);
        shelf.write(FIRST, KILOBYTE, Set.of());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(shelf.file(FIRST))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(shelf.directory())));
        assertArrayEquals(KILOBYTE, Files.readAllBytes(shelf.file(FIRST)));
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Shelf shelf = shelf(1_000_000, CENTURY);
        shelf.open();
        Files.createDirectories(shelf.file(FIRST).resolve("in the way"));
        assertThrows(IOException.class, () -> shelf.write(FIRST, KILOBYTE, Set.of()));
        try (var files = Files.list(shelf.directory())) {
            assertEquals(1, files.count());
        }
    }
}
