package io.fdsentry.cli;

import io.fdsentry.ConfigKeeper;
import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The configuration of commands that look once: `--config.file`, else the one in the working directory, else none.
public final class ConfigFile {
    private ConfigFile() {}

    /// @param named the file of `--config.file`, null where the flag was not given
    /// @throws CommandFailed with every problem of a file that is wrong
    public static Config read(@Nullable Path named) {
        if (named == null && !Files.exists(ConfigKeeper.DEFAULT_FILE)) {
            return Config.DEFAULTS;
        }
        return switch (ConfigLoader.load(named == null ? ConfigKeeper.DEFAULT_FILE : named)) {
            case Loaded.Valid<Config>(Config config) -> config;
            case Loaded.Invalid<Config>(List<Problem> problems) ->
                throw CommandFailed.usage(
                        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        };
    }
}
