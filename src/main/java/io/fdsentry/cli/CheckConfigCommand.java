package io.fdsentry.cli;

import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import io.fdsentry.config.Problem;
import io.fdsentry.logfmt.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Everything that is wrong with a file, as editors and CI understand it.
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Says everything that is wrong with a configuration file, as FILE:LINE:COLUMN: KEY: REASON.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file is right", "2:it is not"})
final class CheckConfigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file; ${ENV} in it expands from this environment.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        PrintStream out = System.out;
        return switch (ConfigLoader.load(file)) {
            case Loaded.Valid<Config>(Config config) -> {
                int targets = config.targets().size();
                String watched =
                        targets == 0 ? "every visible process" : targets + (targets == 1 ? " target" : " targets");
                out.println(Printable.of(file.toString()) + ": OK, watches " + watched);
                yield ExitCode.DONE;
            }
            case Loaded.Invalid<Config>(List<Problem> problems) -> {
                problems.forEach(problem -> out.println(Printable.of(problem.toString())));
                yield ExitCode.USAGE;
            }
        };
    }
}
