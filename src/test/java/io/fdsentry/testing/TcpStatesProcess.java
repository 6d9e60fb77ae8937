package io.fdsentry.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.model.Counts;
import io.fdsentry.model.TcpState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process of its own, a JVM, that holds sockets in TCP states until this is closed.
public final class TcpStatesProcess implements AutoCloseable {
    private final Process process;
    private final Counts<TcpState> descriptors;

    private TcpStatesProcess(Process process, Counts<TcpState> descriptors) {
        this.process = process;
        this.descriptors = descriptors;
    }

    /// Starts it and waits until every socket is made.
    ///
    /// @param wrapper what starts the JVM, such as `ip netns exec NAME` or `setpriv --reuid 10001`; may be empty
    /// @param sockets `v4`, `v6` or `mapped`, then `state=count` for each state, and `bound=count` for sockets
    /// that were never connected
    public static TcpStatesProcess start(List<String> wrapper, String... sockets) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(TcpStates.class.getName());
        command.addAll(List.of(sockets));
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            return new TcpStatesProcess(process, descriptors(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Counts<TcpState> descriptors(Process process) throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException("the process with sockets said: " + line);
        }
        String[] counts = line.split(" ");
        Tally<TcpState> tally = Tally.of(TcpState.class);
        for (TcpState state : TcpState.values()) {
            tally.with(state, Integer.parseInt(counts[1 + state.ordinal()]));
        }
        return tally.done();
    }

    /// Of the JVM itself if the wrapper replaces itself by it, as `ip netns exec`, `setpriv` and `unshare` do.
    public int pid() {
        return Math.toIntExact(process.pid());
    }

    /// Every TCP descriptor of it by state.
    public Counts<TcpState> descriptors() {
        return descriptors;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
