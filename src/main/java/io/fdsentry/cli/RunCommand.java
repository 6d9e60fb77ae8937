package io.fdsentry.cli;

import io.fdsentry.ConfigRejected;
import io.fdsentry.Daemon;
import io.fdsentry.ListenAddress;
import io.fdsentry.OnError;
import io.fdsentry.RunOptions;
import io.fdsentry.Signals;
import io.fdsentry.Version;
import io.fdsentry.logfmt.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The daemon.
@Command(
        name = "run",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = "Watches processes until it is stopped, and serves what it sees at /metrics and as a page at /.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was asked to stop (SIGTERM, SIGINT)",
            "1:it failed, such as for a port in use",
            "2:wrong usage or configuration"
        },
        footer = {"", "SIGHUP, or a changed file, reloads the configuration."})
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final Signals signals;

    @Option(
            names = "--config.file",
            paramLabel = "FILE",
            description = "Configuration; default: config.yaml in the working directory if there is one, else built-in"
                    + " defaults.")
    private @Nullable Path configFile;

    @Option(
            names = "--config.on-error",
            paramLabel = "exit|defaults",
            description = "What a wrong configuration does: exit (default), or defaults: run on built-in defaults, and"
                    + " go on trying where the port is in use.")
    private OnError onError = OnError.EXIT;

    @Option(
            names = "--web.listen-address",
            paramLabel = "HOST:PORT",
            description = "Where HTTP is served; default: :10177, on every address.")
    private ListenAddress listen = ListenAddress.DEFAULT;

    @Option(
            names = "--web.config.file",
            paramLabel = "FILE",
            description = "TLS, client certificates and users, in the format of Prometheus exporters.")
    private @Nullable Path webConfigFile;

    @Option(names = "--path.procfs", paramLabel = "DIR", description = "Mount point of procfs; default: /proc.")
    private Path procfs = Path.of("/proc");

    @Option(
            names = "--path.rootfs",
            paramLabel = "DIR",
            description = "The node's root directory, for the names of containers; default: /.")
    private Path rootfs = Path.of("/");

    @Option(
            names = "--log.level",
            paramLabel = "LEVEL",
            description = "The least level that is logged: debug, info (default), warn or error.")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(names = "--once", description = "Sample once, print the metrics on standard output, and exit.")
    private boolean once;

    RunCommand(Signals signals) {
        this.signals = signals;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogLevel.setThreshold(logLevel);
        if (!Files.isDirectory(procfs)) {
            throw CommandFailed.usage("--path.procfs: " + procfs + " is no directory");
        }
        RunOptions options = new RunOptions(configFile, onError, listen, webConfigFile, procfs, rootfs);
        try {
            LOG.atInfo().addKeyValue("version", Version.TEXT).log("starting");
            Daemon daemon = new Daemon(options, signals);
            return once ? once(daemon) : run(daemon);
        } catch (ConfigRejected e) {
            LOG.atError().log("not started: the configuration is wrong (--config.on-error=defaults starts without it)");
            return ExitCode.USAGE;
        } catch (IOException e) {
            LOG.atError().addKeyValue("err", e.getMessage()).log("fdsentry cannot run");
            return ExitCode.FAILED;
        }
    }

    private int run(Daemon daemon) throws IOException, InterruptedException {
        return daemon.run(onError) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static int once(Daemon daemon) throws IOException {
        if (daemon.once(System.out) == 0) {
            LOG.atWarn().log("no process matched");
        }
        return ExitCode.DONE;
    }
}
