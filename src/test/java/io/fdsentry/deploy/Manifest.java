package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A Kubernetes object as YAML has it, asked by paths such as `spec.template.spec.containers.0.name`; in a list of
/// objects a name stands for the one called so.
record Manifest(Object content) {
    static final Path K8S = Path.of("deploy/k8s");

    /// What `kubectl kustomize` makes of a directory.
    static List<Manifest> render(Path directory) throws IOException, InterruptedException {
        return parse(run(Needs.program("kubectl").toString(), "kustomize", directory.toString()));
    }

    static List<Manifest> parse(String text) {
        List<Manifest> all = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(document -> {
            if (document != null) {
                all.add(new Manifest(document));
            }
        });
        return all;
    }

    static Manifest read(Path file) throws IOException {
        return parse(Files.readString(file)).getFirst();
    }

    /// Standard output of a program that must succeed.
    static String run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + out + text(errors));
            return out;
        } finally {
            Files.delete(errors);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// The only one of a kind and name.
    static Manifest the(List<Manifest> all, String kind, String name) {
        List<Manifest> found = all.stream()
                .filter(one -> kind.equals(one.at("kind")) && name.equals(one.at("metadata.name")))
                .toList();
        assertEquals(1, found.size(), kind + " " + name);
        return found.getFirst();
    }

    /// What stands at a path, null for nothing.
    @Nullable
    Object at(String path) {
        Object here = content;
        for (String step : path.split("\\.", -1)) {
            here = here == null ? null : step(here, step);
        }
        return here;
    }

    private static @Nullable Object step(Object here, String step) {
        return switch (here) {
            case Map<?, ?> map -> map.get(step.replace('!', '.'));
            case List<?> list
            when step.matches("[0-9]+") ->
                Integer.parseInt(step) < list.size() ? list.get(Integer.parseInt(step)) : null;
            case List<?> list ->
                list.stream()
                        .filter(item -> item instanceof Map<?, ?> map && step.equals(map.get("name")))
                        .findFirst()
                        .orElse(null);
            default -> null;
        };
    }

    Manifest under(String path) {
        Object found = at(path);
        if (found == null) {
            throw new AssertionError("nothing at " + path + " of " + content);
        }
        return new Manifest(found);
    }

    List<?> list(String path) {
        return at(path) instanceof List<?> list ? list : List.of();
    }

    Map<?, ?> map(String path) {
        return at(path) instanceof Map<?, ?> map ? map : Map.of();
    }
}
