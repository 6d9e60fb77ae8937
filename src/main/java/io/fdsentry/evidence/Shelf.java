package io.fdsentry.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Records as files of a directory, one each, within bounds of size and age. A record is there as a whole or not at
/// all: it is written beside, synced, and renamed. Files it did not make it does not touch.
final class Shelf {
    private static final String SUFFIX = ".json.gz";
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final long maxSize;
    private final Duration maxAge;

    Shelf(Path directory, long maxSize, Duration maxAge) {
        this.directory = directory;
        this.maxSize = maxSize;
        this.maxAge = maxAge;
    }

    /// @param id of the record
    /// @param size bytes on disk
    record Item(String id, Path file, long size) {}

    /// Makes the directory, which only its owner may read, and takes away what a crash left half written.
    void open() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, ".*" + UNFINISHED)) {
            for (Path file : left) {
                String name = file.getFileName().toString();
                if (Ids.isOne(name.substring(1, name.length() - UNFINISHED.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Writes a record, after making room for it.
    ///
    /// @param spared ids that no other record may push out
    void write(String id, byte[] packed, Set<String> spared) throws IOException {
        open();
        prune(Instant.now(), packed.length, spared);
        Path unfinished = directory.resolve("." + id + UNFINISHED);
        try {
            writeSynced(unfinished, packed);
            Files.move(unfinished, file(id), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
                entry.force(true);
            }
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
    }

    /// Takes away what is too old, and then the oldest until all fit.
    ///
    /// @param room bytes that are about to be written
    void prune(Instant now, long room, Set<String> spared) throws IOException {
        List<Item> items = items();
        long size = room + items.stream().mapToLong(Item::size).sum();
        for (Item item : items) {
            Instant at = Ids.time(item.id());
            boolean tooOld = at != null && at.isBefore(now.minus(maxAge));
            if ((tooOld || size > maxSize) && !spared.contains(item.id())) {
                Files.deleteIfExists(item.file());
                size -= item.size();
            }
        }
    }

    /// All records, oldest first.
    List<Item> items() throws IOException {
        List<Item> items = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String id = name.substring(0, name.length() - SUFFIX.length());
                BasicFileAttributes what =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (Ids.isOne(id) && what.isRegularFile()) {
                    items.add(new Item(id, file, what.size()));
                }
            }
        }
        items.sort(Comparator.comparing(Item::id));
        return items;
    }

    /// Where a record is, or would be.
    Path file(String id) {
        return directory.resolve(id + SUFFIX);
    }

    Path directory() {
        return directory;
    }
}
