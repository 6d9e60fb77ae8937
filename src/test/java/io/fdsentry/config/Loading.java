package io.fdsentry.config;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Loads texts in tests.
final class Loading {
    static final Map<String, String> ENVIRONMENT =
            Map.of("EMPTY", "", "INTERVAL", "30s", "TEAM", "shop", "TRICKY", "a: b\n- ${TEAM} $$", "DOT", ".");

    private Loading() {}

    static Loaded<Config> load(String yaml) {
        return ConfigLoader.parse("c.yaml", yaml, ENVIRONMENT);
    }

    /// The configuration a text holds; fails where it holds problems.
    static Config valid(String yaml) {
        return value(load(yaml));
    }

    static <T> T value(Loaded<T> loaded) {
        return switch (loaded) {
            case Loaded.Valid<T>(T value) -> value;
            case Loaded.Invalid<T>(List<Problem> problems) -> fail(problems.toString());
        };
    }

    /// The problems of a text, a line each; empty where there is none.
    static String problems(Loaded<?> loaded) {
        return switch (loaded) {
            case Loaded.Valid<?> valid -> "";
            case Loaded.Invalid<?>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        };
    }
}
