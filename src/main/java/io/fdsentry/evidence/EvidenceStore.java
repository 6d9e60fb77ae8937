package io.fdsentry.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.config.Config;
import io.fdsentry.json.EvidenceShape;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceSummary;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records that are kept: in a directory; in memory, the last 16, where there is none, or while it is full or
/// cannot be written. What waits in memory is written as soon as the directory takes it. For any thread.
public final class EvidenceStore {
    /// Records in memory at most.
    static final int MOST_IN_MEMORY = 16;

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);

    private final Map<String, byte[]> memory = new TreeMap<>();
    private volatile @Nullable Shelf shelf;
    private boolean failing;

    /// In memory until it is configured.
    EvidenceStore() {}

    private EvidenceStore(Shelf shelf) {
        this.shelf = shelf;
    }

    /// The records of a directory, for reading alone: nothing in it is changed.
    public static EvidenceStore of(Path directory) {
        return new EvidenceStore(new Shelf(directory, Long.MAX_VALUE, ChronoUnit.FOREVER.getDuration()));
    }

    /// Uses a directory, within bounds, and takes away what a crash left half written there.
    void configure(Config.Evidence config) {
        Path directory = config.directory();
        Shelf now = directory == null ? null : new Shelf(directory, config.maxSizeBytes(), config.maxAge());
        shelf = now;
        if (now != null) {
            try {
                now.open();
                now.prune(Instant.now(), 0, Set.of());
            } catch (IOException e) {
                failed(now, e);
            }
        }
    }

    /// Keeps a record; never fails, since memory has it when the directory does not take it.
    void put(String id, byte[] packed, Set<String> spared) {
        synchronized (memory) {
            memory.put(id, packed);
        }
        writeOut(spared);
        forgetOldest();
    }

    /// Tries to write what waits in memory.
    void writeOut(Set<String> spared) {
        Shelf to = shelf;
        if (to == null) {
            return;
        }
        for (Map.Entry<String, byte[]> entry : inMemory().entrySet()) {
            try {
                to.write(entry.getKey(), entry.getValue(), spared);
            } catch (IOException | RuntimeException e) {
                failed(to, e);
                return;
            }
            synchronized (memory) {
                memory.remove(entry.getKey());
            }
        }
        succeeded(to);
    }

    private synchronized void failed(Shelf to, Exception e) {
        if (!failing) {
            failing = true;
            LOG.atWarn()
                    .addKeyValue("directory", to.directory())
                    .addKeyValue("err", e)
                    .log("evidence cannot be written; the last {} records are kept in memory", MOST_IN_MEMORY);
        }
    }

    private synchronized void succeeded(Shelf to) {
        if (failing) {
            failing = false;
            LOG.atInfo().addKeyValue("directory", to.directory()).log("evidence can be written again");
        }
    }

    private void forgetOldest() {
        synchronized (memory) {
            while (memory.size() > MOST_IN_MEMORY) {
                memory.remove(memory.keySet().iterator().next());
            }
        }
    }

    private Map<String, byte[]> inMemory() {
        synchronized (memory) {
            return new TreeMap<>(memory);
        }
    }

    /// All records, newest first. What cannot be read is not among them; the log tells, for debugging.
    ///
    /// @throws IOException when the directory cannot be read
    public List<EvidenceSummary> list() throws IOException {
        List<EvidenceSummary> all = new ArrayList<>();
        Map<String, byte[]> waiting = inMemory();
        for (Map.Entry<String, byte[]> entry : waiting.entrySet()) {
            addSummary(all, entry.getKey(), new ByteArrayInputStream(entry.getValue()));
        }
        Shelf from = shelf;
        if (from != null && Files.isDirectory(from.directory())) {
            for (Shelf.Item item : from.items()) {
                if (!waiting.containsKey(item.id())) {
                    addSummary(all, item);
                }
            }
        }
        all.sort(Comparator.comparing(EvidenceSummary::id).reversed());
        return all;
    }

    private static void addSummary(List<EvidenceSummary> all, Shelf.Item item) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(item.file()))) {
            addSummary(all, item.id(), in);
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("evidence", item.id()).log("evidence expired while it was listed");
        }
    }

    private static void addSummary(List<EvidenceSummary> all, String id, InputStream in) {
        try {
            EvidenceSummary summary = Packed.summary(in);
            if (summary.id().equals(id)) {
                all.add(summary);
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("evidence", id).addKeyValue("err", e).log("evidence cannot be read");
        }
    }

    /// One record, null when there is none.
    ///
    /// @throws IOException when it cannot be read, or is damaged
    public @Nullable EvidenceRecord get(String id) throws IOException {
        byte[] packed = packed(id);
        return packed == null ? null : Packed.read(packed);
    }

    /// Writes all records as the API lists them.
    public void list(Writer out) throws IOException {
        EvidenceShape.list(list(), out);
    }

    /// Writes one record as the API shows it.
    ///
    /// @return false, with nothing written, when there is none
    public boolean write(String id, Writer out) throws IOException {
        byte[] packed = packed(id);
        if (packed == null) {
            return false;
        }
        out.write(new String(Packed.unpack(packed), UTF_8));
        return true;
    }

    private byte @Nullable [] packed(String id) throws IOException {
        if (!Ids.isOne(id)) {
            return null;
        }
        byte[] waiting = inMemory().get(id);
        Shelf from = shelf;
        if (waiting != null || from == null) {
            return waiting;
        }
        try {
            return Files.readAllBytes(from.file(id));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
