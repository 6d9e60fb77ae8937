package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// nginx, redis and PostgreSQL as Debian packages them, with clients: every count of every one of their processes
/// is what `ls`, `lsof` and `ss` say at that moment.
@Tag("real")
class PackagedServersTest {
    private static final int CLIENTS = 7;
    /// PostgreSQL's first byte of an error, such as "the database system is starting up".
    private static final int REFUSAL = 'E';

    private final List<AutoCloseable> held = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : held.reversed()) {
            one.close();
        }
    }

    @Test
    void nginx() throws Exception {
        Path program = Needs.program("nginx");
        int port = freePort();
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off; pid %1$s/nginx.pid; error_log %1$s/error.log; worker_processes 2;
                events {}
                http { access_log off; server { listen 127.0.0.1:%2$d; keepalive_timeout 600s; } }
                """.formatted(folder, port));
        Process master = start(program.toString(), "-c", config.toString(), "-p", folder.toString());
        connect(port, "GET /none HTTP/1.1\r\nHost: x\r\n\r\n");
        assertCountsAreTrue(master.pid(), 3);
    }

    @Test
    void redis() throws Exception {
        Path program = Needs.program("redis-server");
        int port = freePort();
        Process server = start(
                program.toString(), "--port", "" + port, "--save", "", "--dir", folder.toString(), "--logfile", "log");
        connect(port, "PING\r\n");
        assertCountsAreTrue(server.pid(), 1);
    }

    @Test
    void postgres() throws Exception {
        Needs.root();
        Path programs = postgresPrograms();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String[] as = {"setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"};
        run(
                as,
                programs.resolve("initdb").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-A",
                "trust");
        int port = freePort();
        Process server = start(
                as,
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                "" + port,
                "-k",
                folder.toString());
        // A startup message of protocol 3.0 for user postgres.
        connect(port, "\0\0\0\u0017\0\3\0\0user\0postgres\0\0");
        assertCountsAreTrue(server.pid(), 2 + CLIENTS);
    }

    private void assertCountsAreTrue(long pid, int least) {
        List<Long> family = Await.value("its processes", () -> family(pid), pids -> pids.size() >= least);
        long[] pids = family.stream().mapToLong(Long::longValue).toArray();
        try (Watching watching = Watching.pids(pids)) {
            // Servers may still be settling; what is true of one moment has to be seen in it.
            Await.until("counts that are those of ls, lsof and ss", () -> {
                Snapshot snapshot = watching.settled();
                for (long one : pids) {
                    assertTrueOf(Watching.of(snapshot, one));
                }
                return true;
            });
        }
    }

    private static void assertTrueOf(ProcessSample process) throws IOException, InterruptedException {
        int pid = process.id().pid();
        FdKinds kinds = Seen.of(process.fdKinds());
        Sockets sockets = Seen.of(process.sockets());
        assertEquals(run("ls", "/proc/" + pid + "/fd").size(), Seen.of(process.openFds()), "ls of " + process);
        List<String> types = run("lsof", "-nP", "-a", "-p", "" + pid, "-d", "0-65535", "-F", "t").stream()
                .filter(line -> line.startsWith("t"))
                .toList();
        assertEquals(types.size(), Seen.of(process.openFds()), "lsof of " + process);
        long open = types.stream()
                .filter(Pattern.compile("tIPv[46]|tunix|tsock|tnetlink|tpack").asMatchPredicate())
                .count();
        assertEquals(open, kinds.kinds().get(FdKind.SOCKET), "sockets by lsof of " + process);
        assertEquals(
                types.stream().filter("tunix"::equals).count(),
                sockets.protocols().get(Protocol.UNIX),
                "unix sockets by lsof of " + process);
        List<String> table = run("ss", "-tanpHO");
        for (TcpState state : TcpState.values()) {
            String word = state == TcpState.ESTABLISHED ? "ESTAB" : state.name().replace('_', '-');
            Pattern owner = Pattern.compile("pid=" + pid + ",");
            long listed = table.stream()
                    .filter(line -> line.toUpperCase(Locale.ROOT).startsWith(word + " "))
                    .mapToLong(line -> owner.matcher(line).results().count())
                    .sum();
            assertEquals(listed, sockets.tcp().get(state), state + " by ss of " + process);
        }
    }

    private static List<Long> family(long pid) {
        ProcessHandle parent = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(parent), parent.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private void connect(int port, String greeting) {
        for (int i = 0; i < CLIENTS; i++) {
            held.add(Await.value("a server at " + port, () -> served(port, greeting), client -> true));
        }
    }

    private static Socket served(int port, String greeting) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
        int answer = client.getInputStream().read();
        if (answer < 0 || answer == REFUSAL) {
            client.close();
            throw new IOException("not served yet");
        }
        return client;
    }

    private Process start(String[] prefix, String... command) throws IOException {
        return start(Stream.concat(Stream.of(prefix), Stream.of(command)).toArray(String[]::new));
    }

    private Process start(String... command) throws IOException {
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        held.add(() -> {
            server.destroy();
            server.waitFor();
        });
        return server;
    }

    private static void run(String[] prefix, String... command) throws IOException, InterruptedException {
        run(Stream.concat(Stream.of(prefix), Stream.of(command)).toArray(String[]::new));
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
        return lines;
    }

    private static Path postgresPrograms() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        Needs.that(Files.isDirectory(versions), "PostgreSQL");
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
