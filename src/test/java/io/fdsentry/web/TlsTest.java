package io.fdsentry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.WebConfig;
import io.fdsentry.config.WebConfig.ClientAuth;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates that openssl makes, in every form of key it writes.
@Tag("real")
class TlsTest {
    @TempDir
    Path dir;

    private Path openssl;

    @BeforeEach
    void needsOpenssl() {
        openssl = Needs.program("openssl");
    }

    @Test
    void serverIsKnownByItsCertificate() throws Exception {
        certificate("server", "first");
        try (Server server = new Server(config(ClientAuth.NONE))) {
            HttpResponse<String> got = get(server, context(null));
            assertEquals(200, got.statusCode());
            assertEquals("TLSv1.3", got.sslSession().orElseThrow().getProtocol());
        }
    }

    @Test
    void aRenewedCertificateIsUsedForTheNextConnection() throws Exception {
        certificate("server", "first");
        try (Server server = new Server(config(ClientAuth.NONE))) {
            assertEquals("CN=first", subject(get(server, context(null))));
            certificate("server", "second");
            touch("server.crt", "server.key");
            assertEquals("CN=second", subject(get(server, context(null))));
            SSLContext trusting = context(null);
            Files.writeString(dir.resolve("server.key"), "no key");
            touch("server.key");
            assertEquals("CN=second", subject(get(server, trusting)));
        }
    }

    @Test
    void clientsShowACertificateOfTheCaWhereItIsRequired() throws Exception {
        certificate("server", "server");
        certificate("client", "client");
        certificate("stranger", "stranger");
        try (Server server = new Server(config(ClientAuth.REQUIRED))) {
            assertEquals(200, get(server, context("client")).statusCode());
            assertThrows(IOException.class, () -> get(server, context(null)));
            assertThrows(IOException.class, () -> get(server, context("stranger")));
        }
    }

    @Test
    void protocolsThatAreNotAllowedAreNotSpoken() throws Exception {
        certificate("server", "server");
        WebConfig.Tls tls = tls(ClientAuth.NONE, List.of("TLSv1.2"));
        try (Server server = new Server(new WebConfig(tls, Map.of(), Map.of()))) {
            assertEquals(
                    "TLSv1.2",
                    get(server, context(null)).sslSession().orElseThrow().getProtocol());
        }
    }

    @Test
    void keysOfEveryFormAreRead() throws Exception {
        Path key = dir.resolve("rsa.key");
        openssl("genpkey", "-algorithm", "rsa", "-out", key.toString());
        openssl(
                "rsa",
                "-in",
                key.toString(),
                "-traditional",
                "-out",
                dir.resolve("pkcs1.key").toString());
        assertTrue(Files.readString(dir.resolve("pkcs1.key")).contains("BEGIN RSA PRIVATE KEY"));
        assertEquals(
                Pem.privateKey(Files.readAllBytes(key)), Pem.privateKey(Files.readAllBytes(dir.resolve("pkcs1.key"))));
        Path ec = dir.resolve("ec.key");
        openssl("ecparam", "-genkey", "-name", "prime256v1", "-out", ec.toString());
        assertTrue(Files.readString(ec).contains("BEGIN EC PRIVATE KEY"));
        openssl(
                "pkcs8",
                "-topk8",
                "-nocrypt",
                "-in",
                ec.toString(),
                "-out",
                dir.resolve("ec8.key").toString());
        assertEquals(secret(dir.resolve("ec8.key")), secret(ec));
        openssl(
                "genpkey",
                "-algorithm",
                "ed25519",
                "-out",
                dir.resolve("ed.key").toString());
        assertEquals(
                "EdDSA",
                Pem.privateKey(Files.readAllBytes(dir.resolve("ed.key"))).getAlgorithm());
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws Exception {
        certificate("server", "server");
        Files.writeString(dir.resolve("server.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        IOException wrong = assertThrows(IOException.class, () -> new Server(config(ClientAuth.NONE)));
        assertTrue(wrong.toString().contains(dir.resolve("server.key").toString()), wrong.toString());
    }

    private static BigInteger secret(Path ecKey) throws Exception {
        return ((ECPrivateKey) Pem.privateKey(Files.readAllBytes(ecKey))).getS();
    }

    private WebConfig config(ClientAuth clients) {
        return new WebConfig(tls(clients, List.of("TLSv1.3", "TLSv1.2")), Map.of(), Map.of());
    }

    private WebConfig.Tls tls(ClientAuth clients, List<String> protocols) {
        return new WebConfig.Tls(
                dir.resolve("server.crt"),
                dir.resolve("server.key"),
                clients,
                clients == ClientAuth.NONE ? null : dir.resolve("client.crt"),
                protocols,
                List.of(),
                true,
                List.of());
    }

    /// A self-signed certificate for this machine, `NAME.crt` and `NAME.key`.
    private void certificate(String name, String subject) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + subject,
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                dir.resolve(name + ".key").toString(),
                "-out",
                dir.resolve(name + ".crt").toString());
    }

    private void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(openssl.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("openssl.log").toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    }

    /// A file system's clock may be coarse: a changed file is a newer file.
    private void touch(String... names) throws IOException {
        for (String name : names) {
            Files.setLastModifiedTime(
                    dir.resolve(name), FileTime.from(Instant.now().plusSeconds(5)));
        }
    }

    private HttpResponse<String> get(Server server, SSLContext context) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/metrics"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String subject(HttpResponse<String> response) throws Exception {
        X509Certificate certificate =
                (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /// Trusts the server's certificate of now, and shows one of its own.
    private SSLContext context(@Nullable String client) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server",
                Pem.certificates(Files.readAllBytes(dir.resolve("server.crt"))).getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (client != null) {
            own.setKeyEntry(
                    "client",
                    Pem.privateKey(Files.readAllBytes(dir.resolve(client + ".key"))),
                    new char[0],
                    Pem.certificates(Files.readAllBytes(dir.resolve(client + ".crt")))
                            .toArray(X509Certificate[]::new));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
