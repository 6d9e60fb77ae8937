package io.fdsentry.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A running Go program that prints `ready`, and answers lines with lines up to `end`.
public final class GoTarget implements AutoCloseable {
    public static final ProcFs PROC = new ProcFs(Path.of("/proc"));

    private final Process process;
    private final BufferedReader lines;

    private GoTarget(Process process) {
        this.process = process;
        lines = process.inputReader();
    }

    public static GoTarget start(Path program, String... arguments) {
        return start(program, Map.of(), arguments);
    }

    public static GoTarget start(Path program, Map<String, String> environment, String... arguments) {
        return start(List.of(), program, environment, arguments);
    }

    /// @param before the command that starts it, such as unshare(1), and waits for it
    public static GoTarget start(
            List<String> before, Path program, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            GoTarget target = new GoTarget(builder.start());
            assertEquals("ready", target.lines.readLine());
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it answers, without the last line.
    public List<String> ask(String question) {
        try {
            process.outputWriter().write(question + "\n");
            process.outputWriter().flush();
            List<String> answer = new ArrayList<>();
            for (String line = lines.readLine(); !"end".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("it ended: " + answer);
                }
                answer.add(line);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessId id() {
        long own = process.descendants().map(ProcessHandle::pid).findFirst().orElse(process.pid());
        int pid = Math.toIntExact(own);
        return new ProcessId(pid, Seen.of(PidStat.read(PROC, pid)).startTicks());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
