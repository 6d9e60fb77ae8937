package io.fdsentry.cli;

import io.fdsentry.detect.replay.Backtest;
import io.fdsentry.detect.replay.BadHistory;
import io.fdsentry.detect.replay.BatchProtocol;
import io.fdsentry.detect.replay.Kind;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A history of counts on standard input through the detector that judges live processes.
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a history of counts on standard input and says when it would have raised an alarm.",
            "",
            "Lines are t,value (t in seconds, ascending); or a header line names the columns: t, value, and what is"
                    + " known beside the count: older_1m older_10m older_1h older_1d idle_10m idle_1h idle_1d close_wait"
                    + " closed no_timer. An empty field is unknown.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a line could not be read", "2:wrong usage"})
final class BacktestCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--limit", paramLabel = "N", description = "The limit of what is counted.")
    private @Nullable Double limit;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "fds",
            description = "What is counted: fds (default), sockets, established, close_wait, closed, stale_sockets,"
                    + " time_wait, threads, goroutines.")
    private Kind kind = Kind.FDS;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Time between values, for lines that are a value without a time. Default: 15.")
    private double interval;

    @Option(
            names = "--pages",
            description = "Print the time of each sample at which it stands at confirmed or worse, nothing else.")
    private boolean pages;

    @Option(names = "--batch", hidden = true, description = "Answer many histories; see BatchProtocol.")
    private boolean batch;

    @Override
    public Integer call() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
        if (batch) {
            BatchProtocol.serve(in, out);
        } else {
            play(in, out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void play(BufferedReader in, Writer out) throws IOException {
        Backtest.Output output = pages ? Backtest.Output.PAGES : Backtest.Output.CHANGES;
        try {
            new Backtest(kind, limit(), interval, output).run(in, out);
        } catch (BadHistory e) {
            out.flush();
            throw CommandFailed.failed(String.valueOf(e.getMessage()));
        }
    }

    private double limit() {
        if (limit == null || !(limit > 0)) {
            String problem = limit == null ? "Missing required option: '--limit=N'" : "--limit must be above 0";
            throw spec == null
                    ? new IllegalStateException(problem)
                    : new ParameterException(spec.commandLine(), problem);
        }
        return limit;
    }
}
