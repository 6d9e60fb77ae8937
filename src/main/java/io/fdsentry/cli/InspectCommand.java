package io.fdsentry.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fdsentry.ListenAddress;
import io.fdsentry.Signals;
import io.fdsentry.cli.inspect.Inspection;
import io.fdsentry.cli.inspect.Wanted;
import io.fdsentry.logfmt.LogLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// One look at processes, for a person.
@Command(
        name = "inspect",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        description = {
            "One look at processes: how many of which descriptors, sockets in which states with whom, for how long,"
                    + " threads, goroutines, and what could not be seen.",
            "Shows the targets of the configuration, or without one every process. Where a daemon runs, it is asked,"
                    + " since it knows ages and findings; otherwise this command looks for itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:there is no such process", "2:wrong usage or configuration"})
final class InspectCommand implements Callable<Integer> {
    private final Signals signals;

    @Option(names = "--pid", paramLabel = "N", split = ",", description = "Only this process; more with commas.")
    private Set<Integer> pids = Set.of();

    @Option(
            names = "--name",
            paramLabel = "REGEX",
            description = "Only processes whose whole target name or name of the executable matches (RE2).")
    private @Nullable String name;

    @Option(names = "--json", description = "The same for programs, in the shape of the daemon's API.")
    private boolean json;

    @Option(names = "--watch", description = "Look again every other second, until q or Ctrl-C.")
    private boolean watch;

    @Option(names = "--local", description = "Look for oneself, also where a daemon runs.")
    private boolean local;

    @Option(names = "--all", description = "Show every process, also where they do not fit the terminal.")
    private boolean all;

    @Option(
            names = "--config.file",
            paramLabel = "FILE",
            description = "Configuration with targets; default: config.yaml in the working directory if there is one.")
    private @Nullable Path file;

    @Option(
            names = "--web.listen-address",
            paramLabel = "HOST:PORT",
            description = "Where the daemon listens; default: :10177.")
    private ListenAddress daemon = ListenAddress.DEFAULT;

    @Option(names = "--path.procfs", paramLabel = "DIR", description = "Mount point of procfs; default: /proc.")
    private Path procfs = Path.of("/proc");

    @Option(names = "--path.rootfs", paramLabel = "DIR", description = "The node's root directory; default: /.")
    private Path rootfs = Path.of("/");

    InspectCommand(Signals signals) {
        this.signals = signals;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogLevel.setThreshold(LogLevel.ERROR);
        if (!Files.isDirectory(procfs)) {
            throw CommandFailed.usage("--path.procfs: " + procfs + " is no directory");
        }
        Inspection.Options options =
                new Inspection.Options(new Wanted(pids, pattern()), local, json, all, daemon, procfs, rootfs);
        try (Inspection inspection = new Inspection(options, ConfigFile.read(file), System.out)) {
            if (watch) {
                signals.catchStop();
                signals.onHangup(signals::stop);
                inspection.watch(signals);
            } else {
                signals.releaseHangup();
                inspection.once();
            }
        }
        return ExitCode.DONE;
    }

    private @Nullable Pattern pattern() {
        if (name == null) {
            return null;
        }
        try {
            return Pattern.compile(name);
        } catch (PatternSyntaxException e) {
            throw CommandFailed.usage("--name: " + e.getMessage());
        }
    }
}
