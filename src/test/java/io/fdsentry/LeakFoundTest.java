package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Python;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A leak of real sockets through the whole program, at twenty times the speed.
@Tag("real")
class LeakFoundTest {
    /// A connection that the server closes at once, every sixth of a second.
    private static final String CONNECTS = """
            import threading, resource
            resource.setrlimit(resource.RLIMIT_NOFILE, (600, 600))
            def connect():
                return socket.create_connection(('127.0.0.1', %d))
            hold += [connect() for _ in range(20)]
            def go():
                while True:
                    try:
                        %s
                    except OSError:
                        pass
                    time.sleep(0.16)
            threading.Thread(target=go, daemon=True).start()
            """;

    @TempDir
    Path directory;

    @Test
    void connectionsThatAreNotClosedAreConfirmedAndThoseThatAreClosedAreNot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Python leaking = Python.start();
                Python steady = Python.start()) {
            Thread.ofVirtual().start(() -> closeAll(server));
            int port = server.getLocalPort();
            configure(leaking.pid(), steady.pid());
            try (Fdsentry fdsentry =
                    Fdsentry.start(directory, "run", "--web.listen-address=127.0.0.1:0", "--log.level=info")) {
                fdsentry.awaitLog("msg=\"first round\"");
                leaking.run(CONNECTS.formatted(port, "hold.append(connect())"));
                steady.run(CONNECTS.formatted(port, "connect().close()"));
                awaitFinding(fdsentry, "suspected|confirmed|urgent");
                awaitFinding(fdsentry, "confirmed|urgent");
                assertTold(fdsentry, "127.0.0.1:" + port);
            }
        }
    }

    private static void closeAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket _ = server.accept()) {
                // closed at once
            } catch (IOException e) {
                // the test has ended, or a client has gone
            }
        }
    }

    private void configure(int leaking, int steady) throws IOException {
        Files.writeString(directory.resolve("config.yaml"), """
                sampling: {interval: 1s}
                detection: {time_scale: 20}
                targets:
                  - {name: leaking, match: {pid: %d}}
                  - {name: steady, match: {pid: %d}}
                """.formatted(leaking, steady));
    }

    private static void awaitFinding(Fdsentry fdsentry, String states) {
        Pattern state = Pattern.compile("\"state\": ?\"(" + states + ")\"");
        Await.value(
                states,
                () -> fdsentry.get("/api/v1/findings").body(),
                body -> state.matcher(body).find());
    }

    private static void assertTold(Fdsentry fdsentry, String peer) throws Exception {
        Await.until(
                "the cause",
                () -> fdsentry.get("/metrics").body().lines().anyMatch(line -> {
                    return line.startsWith("fdsentry_finding_info{")
                            && line.contains("cause=\"response_body_not_closed\"")
                            && line.contains("peer=\"" + peer + "\"");
                }));
        String metrics = fdsentry.get("/metrics").body();
        assertTrue(leakState("leaking", "[23]").matcher(metrics).find(), metrics);
        assertFalse(leakState("steady", "[123]").matcher(metrics).find(), metrics);
        Await.until("evidence", () -> fdsentry.get("/api/v1/evidence").body().contains("leaking"));
    }

    private static Pattern leakState(String target, String value) {
        return Pattern.compile("\nfdsentry_process_leak_state\\{[^}]*target=\"" + target + "\"[^}]*} " + value);
    }
}
