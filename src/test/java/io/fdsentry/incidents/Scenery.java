package io.fdsentry.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What is said of an incident beside its programs.
final class Scenery {
    private static final Path FOLDER = Path.of("src/incidents");

    private Scenery() {}

    /// The file that tells it: a title, and what happened.
    static Path of(Incident incident) {
        return FOLDER.resolve(incident.folder()).resolve("story.md");
    }

    /// What the head of its script says: how it is played, and how much faster than it was.
    static String played(Incident incident) throws IOException {
        List<String> lines =
                Files.readAllLines(FOLDER.resolve(incident.folder()).resolve("play"));
        String head = lines.stream()
                .skip(1)
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining(" "));
        return head.substring(head.indexOf(". ") + 2);
    }
}
