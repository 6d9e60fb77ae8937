package io.fdsentry;

import io.fdsentry.json.PastShape;
import io.fdsentry.model.TargetPast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/// What was normal for the targets, in one file of `state.directory`: written beside, synced, and renamed, so
/// that it is there as a whole or not at all. Only its owner may read it.
final class StateFile {
    static final String NAME = "targets.json";
    /// A thousand targets take less.
    static final long MOST_BYTES = 4_000_000;

    private static final String UNFINISHED = "." + NAME + ".unfinished";

    private final Path directory;

    StateFile(Path directory) {
        this.directory = directory;
    }

    /// None where there is no file yet.
    ///
    /// @throws IOException also when it is not what was written
    List<TargetPast> read() throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
            throw new IOException("not a file of ours: " + file);
        }
        try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            return PastShape.read(in);
        }
    }

    void write(List<TargetPast> targets) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        byte[] document = document(targets);
        if (document.length > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        Path unfinished = directory.resolve(UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            writeSynced(unfinished, document);
            Files.move(unfinished, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private static byte[] document(List<TargetPast> targets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            PastShape.write(targets, out);
        }
        return bytes.toByteArray();
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
    }
}
