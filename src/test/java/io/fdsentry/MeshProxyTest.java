package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app that forgets its connections behind a real proxy, which keeps two for each, at forty times the speed.
@Tag("full")
class MeshProxyTest {
    private static final String LISTEN = """
            import threading, resource
            resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
            server = socket.create_server(('127.0.0.1', 0), backlog=64)
            hold.append(server)
            """;
    private static final String KEEP = """
            def go():
                while True:
                    hold.append(server.accept())
            threading.Thread(target=go, daemon=True).start()
            """;
    private static final String PASS_ON = """
            def go():
                while True:
                    hold.append((server.accept(), socket.create_connection(('127.0.0.1', %d))))
            threading.Thread(target=go, daemon=True).start()
            """;
    private static final String FORGET = """
            import threading, resource
            resource.setrlimit(resource.RLIMIT_NOFILE, (2000, 2000))
            def go():
                while True:
                    try:
                        hold.append(socket.create_connection(('127.0.0.1', %d)))
                        hold[-1].send(b'x')
                    except OSError:
                        pass
                    time.sleep(0.1)
            threading.Thread(target=go, daemon=True).start()
            """;

    @TempDir
    Path directory;

    @Test
    void oneFindingStandsAtTheAppAndTheProxyIsHeld() throws Exception {
        try (Python farEnd = Python.start();
                Python proxy = Python.start();
                Python app = Python.start()) {
            farEnd.run(LISTEN + KEEP);
            proxy.run(LISTEN + PASS_ON.formatted(port(farEnd)));
            configure(app.pid(), proxy.pid());
            try (Fdsentry fdsentry =
                    Fdsentry.start(directory, "run", "--web.listen-address=127.0.0.1:0", "--log.level=info")) {
                fdsentry.awaitLog("msg=\"first round\"");
                app.run(FORGET.formatted(port(proxy)));
                Pattern atTheApp = finding("peer_process=\"mesh-proxy\"", "role=\"holder\"", "target=\"app\"");
                Await.until("the finding at the app", () -> matches(fdsentry, atTheApp));
                Await.until("the app's confirmed", () -> matches(fdsentry, leakState("app", "[23]")));
                Await.until("the proxy rises too", () -> matches(fdsentry, leakState("mesh-proxy", "1")));
                String metrics = metrics(fdsentry);
                assertTrue(leakState("app", "[23]").matcher(metrics).find(), metrics);
                assertFalse(finding("target=\"mesh-proxy\"").matcher(metrics).find(), metrics);
                assertFalse(leakState("mesh-proxy", "[23]").matcher(metrics).find(), metrics);
            }
        }
    }

    private static int port(Python listening) {
        return listening.number("server.getsockname()[1]");
    }

    /// The preset's target, told by its process id here.
    private void configure(int app, int proxy) throws IOException {
        Files.writeString(directory.resolve("config.yaml"), """
                sampling: {interval: 1s}
                detection: {time_scale: 40, idle_after: 2m}
                targets:
                  - {name: mesh-proxy, match: {pid: %d}}
                  - {name: app, match: {pid: %d}}
                """.formatted(proxy, app));
    }

    private static boolean matches(Fdsentry fdsentry, Pattern pattern) throws Exception {
        return pattern.matcher(metrics(fdsentry)).find();
    }

    private static String metrics(Fdsentry fdsentry) throws Exception {
        return fdsentry.get("/metrics").body();
    }

    /// @param labels as they stand, in the order of their names
    private static Pattern finding(String... labels) {
        return Pattern.compile("\nfdsentry_finding_info\\{[^}]*" + String.join("[^}]*", labels) + "[^}]*} 1");
    }

    private static Pattern leakState(String target, String value) {
        return Pattern.compile("\nfdsentry_process_leak_state\\{[^}]*target=\"" + target + "\"[^}]*} " + value);
    }
}
