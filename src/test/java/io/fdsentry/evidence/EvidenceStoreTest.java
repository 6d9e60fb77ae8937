package io.fdsentry.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.json.EvidenceAnswer;
import io.fdsentry.model.Cause;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceStoreTest {
    @TempDir
    Path top;

    static Config.Evidence config(@Nullable Path directory) {
        return new Config.Evidence(directory, 100_000_000, Duration.ofDays(36_500), null);
    }

    static EvidenceStore store(Config.Evidence config) {
        EvidenceStore store = new EvidenceStore();
        store.configure(config);
        return store;
    }

    private static EvidenceStore store(@Nullable Path directory) {
        return store(config(directory));
    }

    private static byte[] packed(String id) {
        EvidenceRecord like = Story.record();
        return Packed.pack(Packed.json(new EvidenceRecord(
                id,
                like.recordedAt(),
                like.occasion(),
                like.sampledAt(),
                like.process(),
                like.verdicts(),
                like.findings(),
                like.history(),
                like.sockets(),
                like.fds(),
                like.goroutineDump())));
    }

    private static String id(int n) {
        return "20261121t12%02d%02dz-ruler-4242-confirmed".formatted(n / 60, n % 60);
    }

    private static List<String> ids(EvidenceStore store) throws IOException {
        return store.list().stream().map(EvidenceSummary::id).toList();
    }

    @Test
    void aRecordIsReadBackAsItWas() throws IOException {
        EvidenceStore store = store(top);
        EvidenceRecord evidence = Story.record();
        store.put(evidence.id(), packed(evidence.id()), Set.of());
        assertEquals(evidence, store.get(evidence.id()));
        assertEquals(evidence, store(top).get(evidence.id()), "after a restart");
        assertEquals(
                List.of(new EvidenceSummary(
                        evidence.id(),
                        evidence.recordedAt(),
                        Occasion.ENDED,
                        "ruler",
                        4242,
                        "ruler",
                        evidence.process().container(),
                        LeakState.CONFIRMED,
                        Cause.RESPONSE_BODY_NOT_CLOSED,
                        Story.FINDING.sentence())),
                store.list());
    }

    @Test
    void withoutADirectoryTheLastSixteenAreKept() throws IOException {
        EvidenceStore store = store((Path) null);
        for (int n = 0; n < 20; n++) {
            store.put(id(n), packed(id(n)), Set.of());
        }
        assertEquals(EvidenceStore.MOST_IN_MEMORY, store.list().size());
        assertEquals(id(19), store.list().getFirst().id());
        assertNull(store.get(id(3)));
        assertNotNull(store.get(id(4)));
    }

    @Test
    void whatTheDirectoryDoesNotTakeWaitsInMemory() throws IOException {
        Path inTheWay = Files.createFile(top.resolve("evidence"));
        EvidenceStore store = store(inTheWay);
        store.put(id(1), packed(id(1)), Set.of());
        store.put(id(2), packed(id(2)), Set.of());
        assertEquals(List.of(id(2), id(1)), ids(store));
        assertNotNull(store.get(id(1)));
        Files.delete(inTheWay);
        store.writeOut(Set.of());
        assertEquals(List.of(id(2), id(1)), ids(store(inTheWay)));
        assertEquals(List.of(id(2), id(1)), ids(store));
    }

    @Test
    void aDirectoryThatIsNamedLaterGetsWhatIsInMemory() throws IOException {
        EvidenceStore store = store((Path) null);
        store.put(id(1), packed(id(1)), Set.of());
        store.configure(config(top));
        store.writeOut(Set.of());
        assertTrue(Files.exists(top.resolve(id(1) + ".json.gz")));
    }

    @Test
    void damagedAndForeignFilesAreNoTrouble() throws IOException {
        EvidenceStore store = store(top);
        byte[] good = packed(id(1));
        store.put(id(1), good, Set.of());
        Files.write(top.resolve(id(2) + ".json.gz"), new byte[0]);
        Files.write(top.resolve(id(3) + ".json.gz"), Arrays.copyOf(good, 40));
        Files.writeString(top.resolve(id(4) + ".json.gz"), "{\"not\":\"compressed\"}");
        Files.write(top.resolve(id(5) + ".json.gz"), Packed.pack("[1,2]".getBytes(UTF_8)));
        Files.write(top.resolve(id(6) + ".json.gz"), good);
        Files.createSymbolicLink(top.resolve(id(7) + ".json.gz"), Path.of("/dev/zero"));
        assertEquals(List.of(id(1)), ids(store));
        for (int n = 2; n <= 5; n++) {
            String damaged = id(n);
            assertThrows(IOException.class, () -> store.get(damaged), damaged);
        }
    }

    @Test
    void cutOffAnywhereItIsDamagedAndNothingElse() throws IOException {
        byte[] good = packed(id(1));
        for (int length = 0; length < good.length; length += 97) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IOException.class, () -> Packed.read(cut));
        }
    }

    @Test
    void anIdIsNoPath() throws IOException {
        EvidenceStore store = store(top.resolve("in"));
        Files.write(top.resolve("secret.json.gz"), packed(id(1)));
        for (String id : List.of("../secret", "..", "", "a", "20261121t120000z-../../secret", "20261121t120000z-A")) {
            assertNull(store.get(id), id);
            assertFalse(store.write(id, new StringWriter()), id);
        }
    }

    @Test
    void theApiGetsOneJsonDocumentEach() throws IOException {
        EvidenceStore store = store((Path) null);
        store.put(id(1), packed(id(1)), Set.of());
        StringWriter list = new StringWriter();
        store.list(list);
        assertEquals(store.list(), EvidenceAnswer.list(new StringReader(list.toString())));
        StringWriter one = new StringWriter();
        assertTrue(store.write(id(1), one));
        assertEquals(store.get(id(1)), EvidenceAnswer.read(new StringReader(one.toString())));
    }

    @Test
    @Tag("real")
    void aFullDiskIsWaitedFor() throws Exception {
        Needs.root();
        Path disk = Files.createDirectory(top.resolve("disk"));
        Path mount = Needs.program("mount");
        Path umount = Needs.program("umount");
        run(mount.toString(), "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        try {
            EvidenceStore store = store(disk.resolve("evidence"));
            Path filler = disk.resolve("filler");
            assertThrows(IOException.class, () -> Files.write(filler, new byte[1 << 20]));
            store.put(id(1), packed(id(1)), Set.of());
            assertEquals(List.of(id(1)), ids(store));
            Files.delete(filler);
            store.writeOut(Set.of());
            assertEquals(List.of(id(1)), ids(store(disk.resolve("evidence"))));
            try (var files = Files.list(disk.resolve("evidence"))) {
                assertEquals(1, files.count(), "nothing unfinished is left");
            }
        } finally {
            run(umount.toString(), disk.toString());
        }
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
