package io.fdsentry.cli;

import io.fdsentry.ListenAddress;
import io.fdsentry.Signals;
import io.fdsentry.Version;
import io.fdsentry.cli.demo.DemoCommand;
import io.fdsentry.cli.evidence.EvidenceCommand;
import io.fdsentry.logfmt.Printable;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// All commands, and what a shell is told of how they ended.
@Command(
        name = "fdsentry",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Says which process leaks file descriptors, sockets, threads or goroutines, to whom, why,"
                + " and how long is left.",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Try: fdsentry inspect", "     fdsentry COMMAND --help"})
public final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private Commands() {}

    /// Runs the command that the arguments name.
    ///
    /// @return the exit code
    public static int execute(Signals signals, String... args) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        return commandLine(signals)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Commands::failed)
                .setParameterExceptionHandler(Commands::wrongUsage)
                .execute(args);
    }

    private static CommandLine commandLine(Signals signals) {
        return new CommandLine(new Commands())
                .addSubcommand(new RunCommand(signals))
                .addSubcommand(new InspectCommand(signals))
                .addSubcommand(new CheckConfigCommand())
                .addSubcommand(new EvidenceCommand())
                .addSubcommand(new BacktestCommand())
                .addSubcommand(new DemoCommand(signals))
                .addSubcommand(new GenerateCompletion())
                .addSubcommand(new TrainCommand(signals))
                .registerConverter(ListenAddress.class, Commands::listenAddress)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static ListenAddress listenAddress(String text) {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /// Tells how a command failed.
    ///
    /// @return the exit code
    public static int failed(Exception error, CommandLine command, ParseResult parsed) {
        if (error instanceof CommandFailed told) {
            String.valueOf(told.getMessage())
                    .lines()
                    .forEach(line -> command.getErr().println("fdsentry: " + Printable.of(line)));
            return told.exitCode();
        }
        LOG.atError().setCause(error).log("{} failed", command.getCommandName());
        return ExitCode.FAILED;
    }

    private static int wrongUsage(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + Printable.of(String.valueOf(error.getMessage())));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, err)) {
            err.println("Try '" + name + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /// What `--version` prints.
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "fdsentry " + Version.TEXT + " (Java " + Runtime.version() + ", " + System.getProperty("os.arch") + ")"
            };
        }
    }
}
