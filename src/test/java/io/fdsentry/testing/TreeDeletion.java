package io.fdsentry.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/// Deletes a temporary directory with all that is in it; links are deleted, never followed.
public final class TreeDeletion implements TempDirDeletionStrategy {
    @Override
    public DeletionResult delete(Path directory, AnnotatedElementContext element, ExtensionContext test)
            throws IOException {
        delete(directory);
        return DeletionResult.builder(directory).build();
    }

    /// Deletes a tree, links as links.
    public static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
