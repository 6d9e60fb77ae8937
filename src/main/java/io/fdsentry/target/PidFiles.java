package io.fdsentry.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The numbers in pid files, each file read once a round.
final class PidFiles {
    private static final long LONGEST = 64;

    private final Map<Path, Number> numbers = new HashMap<>();

    /// What a pid file says.
    private sealed interface Number {
        record Of(int pid) implements Number {}

        /// No file: the daemon does not run.
        record None() implements Number {}

        /// A file that may not be read, or holds something else.
        record Unreadable() implements Number {}
    }

    /// Forgets what the files said.
    void beginRound() {
        numbers.clear();
    }

    /// Whether a file names a process.
    Answer names(Path file, int pid) {
        return switch (numbers.computeIfAbsent(file, PidFiles::read)) {
            case Number.Of(int named) -> Answer.of(named == pid);
            case Number.None _ -> Answer.NO;
            case Number.Unreadable _ -> Answer.UNDECIDED;
        };
    }

    /// The number in a file; null where there is none to read.
    @Nullable
    Integer number(Path file) {
        return numbers.computeIfAbsent(file, PidFiles::read) instanceof Number.Of(int named) ? named : null;
    }

    private static Number read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                return new Number.Unreadable();
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            // PostgreSQL's has more lines, of which the first is the number.
            return new Number.Of(Integer.parseInt(text.lines().findFirst().orElse("")));
        } catch (NoSuchFileException e) {
            return new Number.None();
        } catch (IOException | NumberFormatException e) {
            return new Number.Unreadable();
        }
    }
}
