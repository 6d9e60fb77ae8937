package io.fdsentry.cli.evidence;

import io.fdsentry.ListenAddress;
import io.fdsentry.cli.ConfigFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say where the records are.
final class Where {
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
        Path from = directory == null ? ConfigFile.read(file).evidence().directory() : directory;
        return from == null ? new Source.Daemon(daemon.reachable()) : new Source.Disk(from);
    }
}
