package io.fdsentry.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// What a file held when it was looked at, comparable with what it held before.
sealed interface FileContent {
    /// Larger files are not configuration; a ConfigMap holds no more than this either.
    int MAX_BYTES = 1 << 20;

    /// Reads the whole file.
    static FileContent of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? new Unreadable("is larger than 1 MiB") : new Bytes(bytes);
        } catch (NoSuchFileException e) {
            return new Unreadable("does not exist");
        } catch (AccessDeniedException e) {
            return new Unreadable("may not be read: permission denied");
        } catch (IOException e) {
            return new Unreadable("cannot be read: " + e.getMessage());
        }
    }

    /// @param reason after the file's name
    record Unreadable(String reason) implements FileContent {}

    /// Bytes, equal where they are the same.
    final class Bytes implements FileContent {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Bytes other && Arrays.equals(bytes, other.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
