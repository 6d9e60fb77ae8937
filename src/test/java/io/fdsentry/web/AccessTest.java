package io.fdsentry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.fdsentry.config.Config;
import io.fdsentry.config.Config.Ui;
import io.fdsentry.config.WebConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final List<String> PERSONAL = List.of(
            "/", "/page.js", "/api/v1/processes", "/api/v1/processes/33", "/api/v1/findings", "/api/v1/evidence");
    private static final List<String> PUBLIC = List.of("/metrics", "/-/healthy", "/-/ready");

    @Test
    void strangersGetMetricsAndHealthOnly() throws Exception {
        try (Server server = new Server()) {
            for (String path : PERSONAL) {
                assertEquals(403, status(server, "127.0.0.6", "127.0.0.1", path, "Host: localhost"), path);
                assertEquals(200, status(server, "127.0.0.1", "127.0.0.1", path, "Host: localhost"), path);
            }
            for (String path : PUBLIC) {
                assertEquals(200, status(server, "127.0.0.6", "127.0.0.1", path, "Host: fdsentry.example"), path);
            }
        }
    }

    @Test
    void anAddressOfThisMachineThatIsNotLoopbackIsAStrangers() throws Exception {
        String own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("127.0.0.7");
        try (Server server = new Server()) {
            assertEquals(403, status(server, own, own, "/", "Host: localhost"));
            assertEquals(200, status(server, own, own, "/metrics", "Host: localhost"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:10177", "127.0.0.1:8080", "[::1]:1", "a.localhost"})
    void thisMachineHasTheseNames(String host) throws Exception {
        try (Server server = new Server()) {
            assertEquals(200, status(server, "127.0.0.1", "127.0.0.1", "/", "Host: " + host));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost.evil.example",
                "Host: 10.0.0.1",
                "Host:",
                "Host: localhost\r\nX-Forwarded-For: 10.1.2.3",
                "Host: localhost\r\nForwarded: for=10.1.2.3",
                "Host: localhost\r\nVia: 1.1 proxy"
            })
    void aReboundNameAndAProxysClientAreStrangers(String headers) throws Exception {
        try (Server server = new Server()) {
            assertEquals(403, status(server, "127.0.0.1", "127.0.0.1", "/api/v1/processes", headers));
            assertEquals(200, status(server, "127.0.0.1", "127.0.0.1", "/metrics", headers));
        }
    }

    @Test
    void uiMayBeForEveryoneOrForNobody() throws Exception {
        try (Server server = new Server()) {
            server.config.set(new Config.Web(false, Ui.ON));
            assertEquals(200, status(server, "127.0.0.6", "127.0.0.1", "/", "Host: fdsentry.example"));
            server.config.set(new Config.Web(false, Ui.OFF));
            for (String path : PERSONAL) {
                assertEquals(404, status(server, "127.0.0.1", "127.0.0.1", path, "Host: localhost"), path);
            }
            assertEquals(200, status(server, "127.0.0.1", "127.0.0.1", "/metrics", "Host: localhost"));
        }
    }

    @Test
    void withUsersEveryoneNeedsAPasswordAndThenSeesAll() throws Exception {
        try (Server server = new Server(users("prom", "s3cret:with colon"))) {
            for (String path : PERSONAL) {
                assertEquals(401, status(server, "127.0.0.1", "127.0.0.1", path, "Host: localhost"), path);
                assertEquals(
                        200,
                        status(
                                server,
                                "127.0.0.6",
                                "127.0.0.1",
                                path,
                                "Host: x\r\n" + basic("prom", "s3cret:with colon")),
                        path);
            }
            assertEquals(401, server.status("GET", "/metrics"));
            assertEquals(200, server.status("GET", "/-/healthy"));
            HttpResponse<String> asked = server.get("/metrics", "Authorization", "Basic nonsense!");
            assertEquals(401, asked.statusCode());
            assertTrue(
                    asked.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Basic "));
        }
    }

    @Test
    void usersMayChangeWhileItRuns() throws Exception {
        try (Server server = new Server(users("prom", "old"))) {
            assertEquals(
                    200, status(server, "127.0.0.1", "127.0.0.1", "/metrics", "Host: x\r\n" + basic("prom", "old")));
            server.secure(users("prom", "new"));
            assertEquals(
                    401, status(server, "127.0.0.1", "127.0.0.1", "/metrics", "Host: x\r\n" + basic("prom", "old")));
            assertEquals(
                    200, status(server, "127.0.0.1", "127.0.0.1", "/metrics", "Host: x\r\n" + basic("prom", "new")));
        }
    }

    @Test
    void configuredHeadersWinOverOurs() throws Exception {
        WebConfig config = new WebConfig(null, Map.of("X-Frame-Options", "sameorigin"), Map.of());
        try (Server server = new Server(config)) {
            assertEquals(
                    "sameorigin",
                    server.get("/").headers().firstValue("X-Frame-Options").orElseThrow());
        }
    }

    @Test
    void aPasswordIsTriedOnceHoweverOftenItComes() {
        BasicAuth auth = new BasicAuth();
        Map<String, String> users = users("prom", "right").users();
        for (int i = 0; i < 1000; i++) {
            assertTrue(auth.accepts(encoded("prom", "right"), users));
            assertFalse(auth.accepts(encoded("prom", "wrong"), users));
            assertFalse(auth.accepts(encoded("eve", "right"), users));
        }
    }

    @Test
    void whatIsNoCredentialIsNone() {
        BasicAuth auth = new BasicAuth();
        Map<String, String> users = users("prom", "").users();
        for (String header : Arrays.asList(null, "", "Basic", "Basic ", "Bearer x", "Basic cHJvbQ==", "Basic \u00ff")) {
            assertFalse(auth.accepts(header, users), "" + header);
        }
        assertTrue(auth.accepts(encoded("prom", ""), users));
        assertFalse(auth.accepts(encoded("prom", "x".repeat(100)), users));
    }

    private static WebConfig users(String name, String password) {
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(10, password.toCharArray());
        return new WebConfig(null, Map.of(), Map.of(name, hash));
    }

    private static String encoded(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String basic(String user, String password) {
        return "Authorization: " + encoded(user, password);
    }

    /// The status of a request sent by hand, so that its source and its headers are ours to choose.
    private static int status(Server server, String from, String to, String path, String headers) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(to, server.port()));
            String request = "GET " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
