package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Fdsentry.Ended;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `fdsentry inspect` as a process of its own. The leaking process is this one: it holds connections that their
/// peer, itself, has closed.
@Tag("real")
class InspectTest {
    private static final int LEAKED = 25;
    private static final String SELF = Long.toString(ProcessHandle.current().pid());
    /// Nobody listens there: the discard port.
    private static final String NO_DAEMON = "--web.listen-address=127.0.0.1:9";

    @TempDir
    Path directory;

    private final List<Socket> leaked = new ArrayList<>();
    private String peer = "";

    @BeforeEach
    void leak() throws IOException {
        try (ServerSocket server = new ServerSocket(0, LEAKED, InetAddress.getByName("127.0.0.1"))) {
            peer = "127.0.0.1:" + server.getLocalPort();
            for (int i = 0; i < LEAKED; i++) {
                leaked.add(new Socket(server.getInetAddress(), server.getLocalPort()));
                server.accept().close();
            }
        }
    }

    @AfterEach
    void repair() throws IOException {
        for (Socket socket : leaked) {
            socket.close();
        }
    }

    @Test
    void aLookOfItsOwnShowsWhatLeaksToWhom() throws Exception {
        Ended ended = Fdsentry.run(directory, "inspect", "--local", "--pid", SELF);
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().contains("Seen by this command itself"), ended.out());
        assertTrue(ended.out().contains("  ! " + LEAKED + " CLOSE_WAIT to " + peer), ended.out());
        assertTrue(ended.out().contains(": the peer has closed them, this process has not"), ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void aDaemonIsAskedWhereThereIsOne() throws Exception {
        Files.writeString(directory.resolve("config.yaml"), "targets: [{name: me, match: {pid: %s}}]".formatted(SELF));
        try (Fdsentry daemon = Fdsentry.start(directory, "run", "--web.listen-address=127.0.0.1:0")) {
            daemon.awaitLog("msg=\"first round\"");
            String address = "127.0.0.1:" + daemon.port();
            String flag = "--web.listen-address=" + address;
            Ended ended = Fdsentry.run(directory, "inspect", flag);
            assertEquals(0, ended.exitCode(), ended.err());
            assertTrue(ended.out().startsWith("Seen by the daemon at " + address), ended.out());
            assertTrue(ended.out().contains("\nme  "), ended.out());
            assertTrue(ended.out().contains(LEAKED + " CLOSE_WAIT to " + peer), ended.out());

            JsonObject told = json(Fdsentry.run(directory, "inspect", "--json", "--pid", SELF, flag));
            assertEquals("me", told.get("target").getAsString());
            assertEquals(LEAKED, closeWait(told));

            Ended own = Fdsentry.run(directory, "inspect", "--local", flag);
            assertTrue(own.out().startsWith("Seen by this command itself"), own.out());

            String other = Long.toString(daemon.pid());
            Ended unwatched = Fdsentry.run(directory, "inspect", flag, "--pid", other);
            assertTrue(unwatched.out().startsWith("Seen by this command itself; the daemon at"), unwatched.out());
            assertTrue(unwatched.out().contains("pid " + other + ","), unwatched.out());
        }
    }

    @Test
    void jsonIsTheShapeOfTheApi() throws Exception {
        JsonObject one = json(Fdsentry.run(directory, "inspect", NO_DAEMON, "--json", "--pid", SELF));
        assertEquals(SELF, one.get("pid").getAsString());
        assertEquals(LEAKED, closeWait(one));

        JsonObject all = json(Fdsentry.run(directory, "inspect", NO_DAEMON, "--json"));
        JsonElement me = all.getAsJsonArray("items").asList().stream()
                .filter(item -> item.getAsJsonObject().get("pid").getAsString().equals(SELF))
                .findFirst()
                .orElseThrow();
        assertEquals(LEAKED, closeWait(me.getAsJsonObject()));
    }

    @Test
    void theWorstIsOnTopOfTheOverview() throws Exception {
        Ended ended = Fdsentry.run(directory, "inspect", NO_DAEMON);
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().lines().anyMatch(line -> line.startsWith("PROCESS ")), ended.out());
        assertTrue(ended.out().contains(" " + SELF + " "), ended.out());
        assertFalse(ended.out().contains("\u001b"));
    }

    @Test
    void aProcessThatIsNotThereIsSaidPlainly() throws Exception {
        Process gone = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        gone.waitFor();
        Ended ended = Fdsentry.run(directory, "inspect", NO_DAEMON, "--pid", Long.toString(gone.pid()));
        assertEquals(1, ended.exitCode());
        assertEquals("fdsentry: there is no process " + gone.pid() + "\n", ended.err());
        assertEquals("", ended.out());
        Ended named = Fdsentry.run(directory, "inspect", NO_DAEMON, "--name", "there-is-none");
        assertEquals(1, named.exitCode());
        assertTrue(named.err().contains("matches there-is-none"), named.err());
    }

    @Test
    void wrongUsageAndConfigurationEndWithTwo() throws Exception {
        assertEquals(2, Fdsentry.run(directory, "inspect", "--name", "(").exitCode());
        Files.writeString(directory.resolve("config.yaml"), "targets: 7");
        Ended ended = Fdsentry.run(directory, "inspect");
        assertEquals(2, ended.exitCode());
        assertTrue(ended.err().startsWith("fdsentry: config.yaml:1:10: targets: "), ended.err());
    }

    @Test
    void aHostileNameNeverReachesTheTerminal() throws Exception {
        Path program = directory.resolve("x\u001b[2J\ny");
        Files.copy(Needs.program("sleep"), program);
        assertTrue(program.toFile().setExecutable(true));
        Process hostile = new ProcessBuilder(program.toString(), "600").start();
        try {
            Await.until(
                    "its name",
                    () -> Files.readString(Path.of("/proc/" + hostile.pid() + "/comm"))
                            .startsWith("x"));
            Ended ended = Fdsentry.run(directory, "inspect", NO_DAEMON, "--pid", Long.toString(hostile.pid()));
            assertEquals(0, ended.exitCode(), ended.err());
            assertTrue(ended.out().contains("2J"), ended.out());
            assertFalse(ended.out().contains("\u001b"), ended.out());
        } finally {
            hostile.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void watchingLooksAgainUntilItIsStopped(String signal) throws Exception {
        try (Fdsentry watching = Fdsentry.start(directory, "inspect", NO_DAEMON, "--watch", "--pid", SELF)) {
            Await.until("two looks", () -> watching.out().split("Seen by", -1).length > 2);
            watching.signal(signal);
            assertEquals(0, watching.end().exitCode());
        }
    }

    /// In a terminal of its own, under a shell that has jobs.
    @Test
    void ctrlZGivesTheTerminalBackAndFgGoesOn() throws Exception {
        String command = Fdsentry.commandLine("inspect", NO_DAEMON, "--watch", "--pid", SELF);
        Path script = Files.writeString(directory.resolve("watch.sh"), command + "\n");
        Process session = new ProcessBuilder(Needs.program("python3").toString(), "-c", """
                import os, pty, select, sys, time
                pid, terminal = pty.fork()
                if pid == 0:
                    os.environ.update(PS1='ready> ', TERM='dumb')
                    os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])
                seen = b''
                def send(text):
                    os.write(terminal, text)
                def expect(what, typed=None): # typed again and again: what comes while a terminal changes hands may be lost
                    global seen
                    end = time.monotonic() + 120
                    again = 0
                    while what not in seen:
                        assert time.monotonic() < end, (what, seen)
                        if typed and time.monotonic() > again:
                            send(typed)
                            again = time.monotonic() + 10
                        if select.select([terminal], [], [], 1)[0]:
                            seen += os.read(terminal, 65536)
                    seen = seen.partition(what)[2]
                expect(b'ready> ')
                send(b'sh %s\\n' % sys.argv[1].encode())
                expect(b'Seen by')
                send(b'\\x1a')
                expect(b'\\x1b[?1049l')
                expect(b'Stopped')
                expect(b'ready> ')
                expect(b'awake\\r\\n0', typed=b'echo aw""ake; stty | grep -c -e -icanon\\n')
                send(b'fg\\n')
                expect(b'Seen by')
                send(b'q')
                expect(b'\\x1b[?1049l')
                send(b'exit\\n')
                os.waitpid(pid, 0)
                """, script.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, session.waitFor(), told);
    }

    @Test
    void aTerminalGetsColoursUnlessTheyAreUnwanted() throws Exception {
        String script = Needs.program("script").toString();
        assertTrue(onTerminal(script, "").contains("\u001b[2mPROCESS"));
        assertFalse(onTerminal(script, "NO_COLOR=1 ").contains("\u001b["));
    }

    private String onTerminal(String script, String environment) throws IOException {
        String command = environment + Fdsentry.commandLine("inspect", NO_DAEMON);
        Process process = new ProcessBuilder(script, "-qec", command, "/dev/null")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int closeWait(JsonObject process) {
        return process.getAsJsonObject("tcp").get("close_wait").getAsInt();
    }

    private static JsonObject json(Ended ended) {
        assertEquals(0, ended.exitCode(), ended.err());
        return JsonParser.parseString(ended.out()).getAsJsonObject();
    }
}
