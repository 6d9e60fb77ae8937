package io.fdsentry.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fdsentry.ConfigRejected;
import io.fdsentry.Daemon;
import io.fdsentry.ListenAddress;
import io.fdsentry.OnError;
import io.fdsentry.RunOptions;
import io.fdsentry.Signals;
import io.fdsentry.logfmt.LogLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/// A short life of the daemon, from which the JVM learns what to keep in `lib/fdsentry.aot`
/// ([JEP 514](https://openjdk.org/jeps/514)): it watches itself for some rounds and asks itself for all that it serves.
///
/// `bin/fdsentry train` has the JVM write the cache at the end, and starts everything else from it. A JVM of another
/// build, or one that finds other jars, leaves the cache alone; `mvn package` removes one of an earlier build.
@Command(
        name = "train",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Writes lib/fdsentry.aot, with which fdsentry starts faster; to be run again after each change"
                + " of lib/ or of the JDK.")
final class TrainCommand implements Callable<Integer> {
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ROUNDS = 4;
    private static final long ATTEMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_ATTEMPTS = 600;
    private static final int ANSWER_MILLIS = 10_000;
    private static final List<String> PATHS = List.of(
            "/", "/metrics", "/api/v1/processes", "/api/v1/findings", "/api/v1/evidence", "/-/healthy", "/-/ready");
    private static final List<String> HEADERS = List.of(
            "Accept: text/plain;version=0.0.4",
            "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.1",
            "Accept-Encoding: gzip");

    private final Signals signals;

    TrainCommand(Signals signals) {
        this.signals = signals;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ConfigRejected {
        LogLevel.setThreshold(LogLevel.WARN);
        Path config = Files.createTempFile("fdsentry-train", ".yaml");
        try {
            Files.writeString(config, watchingItself());
            return run(config) ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            Files.delete(config);
        }
    }

    private boolean run(Path config) throws IOException, InterruptedException, ConfigRejected {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ListenAddress listen = new ListenAddress(loopback.getHostAddress(), freePort(loopback));
        RunOptions options = new RunOptions(config, OnError.EXIT, listen, null, Path.of("/proc"), Path.of("/"));
        Daemon daemon = new Daemon(options, signals);
        Visitor visitor = new Visitor(signals, loopback, listen.port());
        Thread visits = Thread.ofPlatform().name("fdsentry-visitor").start(visitor);
        boolean ran = daemon.run(OnError.EXIT);
        visits.join();
        return ran && visitor.succeeded;
    }

    private static String watchingItself() {
        return """
                sampling: {interval: 1s}
                targets:
                  - name: fdsentry
                    match: {pid: %d}
                    goroutines: off
                """.formatted(ProcessHandle.current().pid());
    }

    private static int freePort(InetAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.getLocalPort();
        }
    }

    /// Asks for everything after each round, and then for the end.
    private static final class Visitor implements Runnable {
        private final Signals signals;
        private final InetAddress address;
        private final int port;
        private IOException last = new IOException("not asked");
        private volatile boolean succeeded;

        Visitor(Signals signals, InetAddress address, int port) {
            this.signals = signals;
            this.address = address;
            this.port = port;
        }

        @Override
        public void run() {
            try {
                awaitReady();
                for (int round = 0; round < ROUNDS && !signals.awaitStop(ROUND_NANOS); round++) {
                    askForAll();
                }
                succeeded = true;
            } catch (IOException e) {
                System.err.println("fdsentry: train: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                signals.stop();
            }
        }

        /// A loaded machine takes its time to the first round, before which nothing is answered.
        private void awaitReady() throws IOException, InterruptedException {
            for (int attempt = 0; attempt < MOST_ATTEMPTS && !signals.awaitStop(ATTEMPT_NANOS); attempt++) {
                try {
                    ask("/api/v1/processes", HEADERS.getFirst());
                    return;
                } catch (IOException e) {
                    last = e;
                }
            }
            throw new IOException("not ready in time: " + last.getMessage(), last);
        }

        private void askForAll() throws IOException {
            for (String path : PATHS) {
                for (String header : HEADERS) {
                    ask(path, header);
                }
            }
        }

        private void ask(String path, String header) throws IOException {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n";
            try (Socket socket = new Socket(address, port)) {
                socket.setSoTimeout(ANSWER_MILLIS);
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                String status = new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
                if (!status.endsWith(" 200")) {
                    throw new IOException(path + " is answered with \"" + status + "\"");
                }
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
