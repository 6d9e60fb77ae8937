package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The manifests against Kubernetes' own schemas and the Prometheus operator's, strictly; and broken ones, which
/// must be refused, or the check would prove nothing.
@Tag("real")
class ManifestSchemaTest {
    private static final Path HERE = Path.of("src/test/k8s");

    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @Test
    void everythingThatIsShippedIsValid() throws Exception {
        List<String> files = new ArrayList<>();
        for (Path directory : rendered()) {
            String text = Manifest.run(Needs.program("kubectl").toString(), "kustomize", directory.toString());
            Path file = folder.resolve(files.size() + ".yaml");
            Files.writeString(file, text);
            files.add(file.toString());
        }
        Said said = check(files);
        assertEquals("", said.text);
        assertEquals(0, said.code);
    }

    static List<Path> broken() throws IOException {
        try (Stream<Path> files = Files.list(HERE.resolve("broken"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenOneIsRefused(Path file) throws Exception {
        String reason = Files.readAllLines(file).getFirst().replace("# refused: ", "");
        Said said = check(List.of(file.toString()));
        assertEquals(1, said.code, said.text);
        assertTrue(said.text.contains(reason), said.text);
    }

    /// Every directory that can be applied, and one with all components.
    static List<Path> rendered() throws IOException {
        List<Path> directories = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Manifest.K8S)) {
            files.filter(file -> file.endsWith("kustomization.yaml"))
                    .filter(file -> "Kustomization".equals(kind(file)))
                    .map(Path::getParent)
                    .sorted()
                    .forEach(directories::add);
        }
        directories.add(HERE.resolve("overlays/everything"));
        return directories;
    }

    private static @Nullable Object kind(Path file) {
        try {
            return Manifest.read(file).at("kind");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Said check(List<String> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Needs.python().toString(), HERE.resolve("check.py").toString()));
        Path definitions = shared().resolve("schemas/prometheus-operator");
        if (Files.isDirectory(definitions)) {
            command.addAll(List.of("--crds", definitions.toString()));
        } else {
            System.err.println("the operator's own definitions are not there; its objects are held against ours only");
        }
        command.addAll(files);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static Path shared() {
        return Path.of(System.getenv().getOrDefault("FDSENTRY_SHARED", "../shared"));
    }
}
