package io.fdsentry.cli.evidence;

import io.fdsentry.ListenAddress;
import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The flags that say where the records are.
final class Where {
    private static final Path DEFAULT_FILE = Path.of("config.yaml");

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--evidence.directory",
            paramLabel = "DIR",
            description = "The records of this directory; default: evidence.directory of the configuration, and where"
                    + " that is empty those that a running daemon keeps in memory.")
    private @Nullable Path directory;

    @Option(
            names = "--config.file",
            paramLabel = "FILE",
            description = "Configuration; default: config.yaml in the working directory if there is one.")
    private @Nullable Path file;

    @Option(
            names = "--web.listen-address",
            paramLabel = "HOST:PORT",
            description = "Where the daemon listens; default: :10177.")
    private ListenAddress daemon = ListenAddress.DEFAULT;

    Source source() {
        Path from = directory == null ? configured() : directory;
        return from == null ? new Source.Daemon(daemon.reachable()) : new Source.Disk(from);
    }

    private @Nullable Path configured() {
        if (file == null && !Files.exists(DEFAULT_FILE)) {
            return null;
        }
        return switch (ConfigLoader.load(file == null ? DEFAULT_FILE : file)) {
            case Loaded.Valid<Config>(Config config) -> config.evidence().directory();
            case Loaded.Invalid<Config>(List<Problem> problems) ->
                throw new ParameterException(
                        Objects.requireNonNull(command).commandLine(),
                        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        };
    }
}
