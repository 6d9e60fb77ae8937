package io.fdsentry.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A process that does as it is told: a Python that runs what it is sent, one piece after the other, and holds
/// whatever that opened until it is told otherwise or closed. `hold` is a list, so that Python keeps what it
/// should.
public final class Python implements AutoCloseable {
    private static final String LOOP = """
            import sys, os, socket, select, struct, array, time
            hold = []
            scope = {**globals()}
            for line in sys.stdin:
                try:
                    code = eval(line)
                    try:
                        print(repr(eval(code, scope)), flush=True)
                    except SyntaxError:
                        exec(code, scope)
                        print('None', flush=True)
                except BaseException as e:
                    print('!' + repr(e), flush=True)
            """;

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private Python(Process process) {
        this.process = process;
        in = process.outputWriter(StandardCharsets.UTF_8);
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts one.
    ///
    /// @param before a command that runs it, such as `setpriv --reuid 10001`; none for an ordinary child
    public static Python start(String... before) {
        Needs.program("python3");
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of("/usr/bin/env", "python3", "-c", LOOP));
        try {
            Python python = new Python(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            python.run("1");
            return python;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its process id, also where a command before it has forked.
    public int pid() {
        return Integer.parseInt(run("os.getpid()"));
    }

    /// Runs an expression or statements and waits for the end.
    ///
    /// @return the value of the expression as Python shows it
    /// @throws AssertionError if it raised something
    public String run(String code) {
        try {
            in.write(quoted(code) + "\n");
            in.flush();
            String answer = out.readLine();
            if (answer == null || answer.startsWith("!")) {
                throw new AssertionError(code + " answered " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(code, e);
        }
    }

    /// As [#run], of an expression that is a number.
    public int number(String code) {
        return Integer.parseInt(run(code));
    }

    private static String quoted(String code) {
        return "'" + code.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
