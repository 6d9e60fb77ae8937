package io.fdsentry.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One program of the demo in a JVM of its own: the same runtime, the same class path.
final class Actor implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2000;

    private final String name;
    private final Process process;
    private final int port;

    private Actor(String name, Process process, int port) {
        this.name = name;
        this.process = process;
        this.port = port;
    }

    /// Starts a program and waits until it listens.
    ///
    /// @throws IOException in words for a person
    static Actor start(String name, Class<?> program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-XX:-UsePerfData"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process;
        try {
            process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new IOException("the " + name + " of the demo cannot be started: " + e.getMessage(), e);
        }
        try {
            return new Actor(name, process, port(name, process));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// The first and only line it writes.
    private static int port(String name, Process process) throws IOException {
        BufferedReader out = process.inputReader(US_ASCII);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the " + name + " of the demo did not start");
        }
        try {
            return Integer.parseInt(line);
        } catch (NumberFormatException e) {
            throw new IOException("the " + name + " of the demo did not start: " + line, e);
        }
    }

    /// Where it listens.
    int port() {
        return port;
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    /// @throws IOException in words for a person, if it has ended by itself
    void assertAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the " + name + " of the demo, process " + pid() + ", was ended by someone else");
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has gone already
        }
        try {
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
