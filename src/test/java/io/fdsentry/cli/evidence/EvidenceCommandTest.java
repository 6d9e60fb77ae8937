package io.fdsentry.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fdsentry.ListenAddress;
import io.fdsentry.cli.Commands;
import io.fdsentry.config.Config;
import io.fdsentry.evidence.DeepLook;
import io.fdsentry.evidence.EvidenceRecorder;
import io.fdsentry.testing.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvidenceCommandTest {
    private static final String ID = "20261121t120000z-ruler-4242-confirmed";

    @TempDir
    Path top;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new EvidenceCommand())
                .registerConverter(ListenAddress.class, ListenAddress::parse)
                .setExecutionExceptionHandler(Commands::failed)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static EvidenceRecorder record(@Nullable Path directory) {
        Config.Evidence evidence = new Config.Evidence(directory, 1_000_000, Duration.ofDays(36_500), null);
        EvidenceRecorder recorder = new EvidenceRecorder(evidence, DeepLook.NONE);
        recorder.start();
        Config like = Scenario.config();
        Config config = new Config(
                like.sampling(),
                like.targets(),
                like.detection(),
                like.peers(),
                like.metrics(),
                evidence,
                like.state(),
                like.web());
        recorder.onBoard(Scenario.board(), config);
        recorder.close(Duration.ofSeconds(60));
        return recorder;
    }

    @Test
    void theDirectoryIsTheOneOfTheConfiguration() throws Exception {
        Path directory = top.resolve("kept");
        record(directory);
        Path config = Files.writeString(top.resolve("c.yaml"), "evidence:\n  directory: " + directory + "\n");
        assertEquals(0, run("list", "--config.file", config.toString()), err.toString());
        assertTrue(
                out.toString()
                        .startsWith(
                                ID
                                        + "  confirmed  shop/ruler-7d9c5b-x2x4k/ruler  response_body_not_closed: 4,180 of 4,231"),
                out.toString());
        assertEquals(0, run("show", ID, "--config.file=" + config));
        assertTrue(out.toString().startsWith("CONFIRMED: ruler (pid 4242)\n\n4,180 of"), out.toString());
        assertTrue(out.toString().contains("10.2.0.5:40001"));
        assertEquals(0, run("show", "--json", ID, "--config.file=" + config));
        assertTrue(out.toString().startsWith("{\"id\":\"" + ID + "\""));
    }

    @Test
    void thePodOfARecordIsFoundByItsNames() throws Exception {
        record(top);
        String where = "--evidence.directory=" + top;
        assertEquals(0, run("list", where, "--namespace=shop", "--pod=ruler-7d9c5b-x2x4k"));
        assertTrue(out.toString().startsWith(ID), out.toString());
        assertEquals(0, run("list", where, "--json", "--pod=ruler-7d9c5b-x2x4k"));
        assertTrue(out.toString().contains("\"container\":{\"namespace\":\"shop\""), out.toString());
        assertEquals(0, run("list", where, "--namespace=bank"));
        assertEquals("", out.toString());
    }

    @Test
    void exportWritesTheTextToAFileOrToStandardOutput() throws Exception {
        record(top);
        String where = "--evidence.directory=" + top;
        Path file = top.resolve("ticket.txt");
        assertEquals(0, run("export", ID, file.toString(), where));
        assertEquals("", out.toString());
        assertEquals(0, run("export", ID, "-", where));
        assertEquals(Files.readString(file), out.toString());
        assertEquals(1, run("export", ID, top.resolve("no/such/file").toString(), where));
        assertTrue(err.toString().contains("there is no such directory"), err.toString());
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        record(top);
        String where = "--evidence.directory=" + top;
        for (String id : new String[] {"20261121t120000z-ruler-4242-urgent", "../../etc/passwd", "x"}) {
            assertEquals(1, run("show", id, where));
            assertEquals("fdsentry: no record has the id " + id + " in " + top + "\n", err.toString());
        }
        assertEquals(1, run("list", "--evidence.directory=" + top.resolve("none")));
        assertTrue(err.toString().contains("nothing was recorded yet"), err.toString());
        Files.write(top.resolve(ID + ".json.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        assertEquals(1, run("show", ID, where));
        assertTrue(err.toString().contains("is damaged"), err.toString());
    }

    @Test
    void withoutADirectoryTheDaemonIsAsked() throws Exception {
        EvidenceRecorder recorder = record(null);
        Path config = Files.writeString(top.resolve("c.yaml"), "evidence: {}\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            StringWriter json = new StringWriter();
            String path = exchange.getRequestURI().getPath();
            boolean found = true;
            if (path.equals("/api/v1/evidence")) {
                recorder.store().list(json);
            } else {
                found = recorder.store().write(path.substring(path.lastIndexOf('/') + 1), json);
            }
            exchange.sendResponseHeaders(found ? 200 : 404, 0);
            exchange.getResponseBody().write(json.toString().getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String address =
                    "--web.listen-address=127.0.0.1:" + server.getAddress().getPort();
            String file = "--config.file=" + config;
            assertEquals(0, run("list", file, address), err.toString());
            assertTrue(out.toString().startsWith(ID), out.toString());
            assertEquals(0, run("show", ID, file, address), err.toString());
            assertTrue(out.toString().startsWith("CONFIRMED: ruler (pid 4242)"));
            assertEquals(1, run("show", "nothing", file, address));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whereNobodyAnswersTheWayOnIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(top.resolve("c.yaml"), "evidence: {}\n");
        assertEquals(1, run("list", "--config.file=" + config, "--web.listen-address=127.0.0.1:" + port));
        assertTrue(err.toString().contains("--evidence.directory"), err.toString());
    }

    @Test
    void wrongUsageIsTwo() throws Exception {
        assertEquals(2, run());
        assertEquals(2, run("show"));
        assertEquals(2, run("export", ID));
        Path config = Files.writeString(top.resolve("c.yaml"), "evidense: {}\n");
        assertEquals(2, run("list", "--config.file=" + config));
        assertTrue(err.toString().contains("evidense"), err.toString());
    }
}
