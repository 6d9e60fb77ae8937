package io.fdsentry.detect.replay;

import io.fdsentry.detect.replay.Backtest.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/// Many histories through one JVM, for scripts that score hundreds of them.
///
/// A request is a line `begin KIND LIMIT INTERVAL OUTPUT` (`OUTPUT` is `changes` or `pages`, `LIMIT` is `-` for
/// none), the lines of a history, and a line `end`. The answer is what the command prints, held back until the
/// history has been read, or a line `error: ` with a reason; and a line `end`.
public final class BatchProtocol {
    private static final String END = "end";

    private BatchProtocol() {}

    /// Answers requests until there are no more.
    public static void serve(BufferedReader in, Writer out) throws IOException {
        for (String request = in.readLine(); request != null; request = in.readLine()) {
            answer(request.split(" ", -1), in, out);
            out.append(END).append('\n').flush();
        }
    }

    private static void answer(String[] request, BufferedReader in, Writer out) throws IOException {
        try {
            Backtest backtest = parse(request);
            StringBuilder answer = new StringBuilder();
            backtest.run(new History(in, END, backtest.interval()), answer);
            out.append(answer);
        } catch (BadHistory | IllegalArgumentException e) {
            out.append("error: ").append(e.getMessage()).append('\n');
            skip(in);
        }
    }

    private static Backtest parse(String[] request) {
        if (request.length != 5 || !request[0].equals("begin")) {
            throw new IllegalArgumentException("not a request: begin KIND LIMIT INTERVAL OUTPUT");
        }
        Kind kind = Kind.of(request[1])
                .orElseThrow(() -> new IllegalArgumentException("no kind " + request[1] + ": one of " + Kind.labels()));
        double limit = request[2].equals("-") ? Double.NaN : Double.parseDouble(request[2]);
        Output output = Output.valueOf(request[4].toUpperCase(Locale.ROOT));
        return new Backtest(kind, limit, Double.parseDouble(request[3]), output);
    }

    private static void skip(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.equals(END)) {
            line = in.readLine();
        }
    }
}
