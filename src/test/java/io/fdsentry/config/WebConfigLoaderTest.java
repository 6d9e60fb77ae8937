package io.fdsentry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.WebConfig.ClientAuth;
import io.fdsentry.config.WebConfig.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigLoaderTest {
    private static final String HASH = "$2y$10$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : List.of("server.crt", "server.key", "ca.crt")) {
            Files.writeString(directory.resolve(name), name);
        }
    }

    @Test
    void anEmptyFileIsPlainHttpForEveryone() throws IOException {
        assertEquals(WebConfig.NONE, Loading.value(load("")));
        assertFalse(WebConfig.NONE.authenticates());
    }

    @Test
    void everyKeyThatCanBeHonouredIsRead() throws IOException {
        WebConfig config = Loading.value(load("""
                tls_server_config:
                  cert_file: server.crt
                  key_file: %s/server.key
                  client_auth_type: RequireAndVerifyClientCert
                  client_ca_file: ca.crt
                  min_version: TLS12
                  max_version: TLS13
                  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
                  prefer_server_cipher_suites: false
                  curve_preferences: [X25519, CurveP256]
                http_server_config:
                  http2: true
                  headers:
                    X-Frame-Options: deny
                    Strict-Transport-Security: max-age=31536000
                    X-XSS-Protection: ""
                basic_auth_users:
                  alice: %s
                """.formatted(directory, HASH)));
        Tls tls = new Tls(
                directory.resolve("server.crt"),
                directory.resolve("server.key"),
                ClientAuth.REQUIRED,
                directory.resolve("ca.crt"),
                List.of("TLSv1.2", "TLSv1.3"),
                List.of(
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                false,
                List.of("x25519", "secp256r1"));
        Map<String, String> headers =
                Map.of("X-Frame-Options", "deny", "Strict-Transport-Security", "max-age=31536000");
        assertEquals(new WebConfig(tls, headers, Map.of("alice", HASH)), config);
        assertTrue(config.authenticates());
        assertFalse(config.toString().contains(HASH));
    }

    @Test
    void absentKeysOfTlsHaveTheDefaultsOfTheFormat() throws IOException {
        Tls tls = Objects.requireNonNull(Loading.value(load("""
                tls_server_config: {cert_file: server.crt, key_file: server.key}
                """)).tls());
        assertEquals(ClientAuth.NONE, tls.clientAuth());
        assertEquals(List.of("TLSv1.2", "TLSv1.3"), tls.protocols());
        assertEquals(List.of(), tls.cipherSuites());
        assertTrue(tls.serverChoosesCipher());
    }

    @Test
    void usersAloneAuthenticateAndAClientCertificateThatMayBeMissingDoesNot() throws IOException {
        assertTrue(
                Loading.value(load("basic_auth_users: {alice: " + HASH + "}")).authenticates());
        WebConfig ifGiven = Loading.value(load("tls_server_config: {cert_file: server.crt, key_file: server.key,"
                + " client_auth_type: VerifyClientCertIfGiven, client_ca_file: ca.crt}"));
        assertFalse(ifGiven.authenticates());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
            tls_config: {}                             @ 1:1: tls_config: unknown key
            rate_limit: {interval: 1s}                 @ 1:1: rate_limit: fdsentry does not limit rates: scrapes only format the last sample
            http_server_config: {http2: maybe}         @ 1:29: http_server_config.http2: must be true or false, not "maybe"
            http_server_config: {headers: {X-Frame-Options: never}} @ 1:49: http_server_config.headers.X-Frame-Options: must be one of deny, sameorigin, not "never"
            http_server_config: {headers: {Server: me}}             @ 1:32: http_server_config.headers.Server: unknown key
            http_server_config: {headers: {Content-Security-Policy: "a\\nb"}} @ 1:57: http_server_config.headers.Content-Security-Policy: a header holds printable ASCII only
            basic_auth_users: {alice: hunter2}         @ 1:27: basic_auth_users.alice: is not a bcrypt hash such as htpasswd -nBC 10 "" prints
            basic_auth_users: {"a:b": HASH}            @ 1:20: basic_auth_users.a:b: a user name must not be empty and holds no colon
            basic_auth_users: {a: HASH, a: HASH}       @ 1:85: basic_auth_users.a: is given twice, first in line 1
            """)
    void aKeyThatIsWrongIsNamedWithItsPlace(String yaml, String expected) throws IOException {
        assertEquals(at(expected), Loading.problems(load(yaml.replace("HASH", HASH))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
            {cert_file: server.crt}                       @ 1:20: tls_server_config: has no key_file
            {cert_file: a, key_file: server.key}          @ 1:32: tls_server_config.cert_file: "DIR/a" does not exist
            {key_file: ., cert_file: server.crt}          @ 1:31: tls_server_config.key_file: "DIR/." may not be read
            {OK, cert: x}                                 @ 1:66: tls_server_config.cert: certificates and keys in the file itself are not supported; use cert_file
            {OK, client_allowed_sans: [a]}                @ 1:66: tls_server_config.client_allowed_sans: not supported: it would let in every certificate of the client CA
            {OK, client_auth_type: RequireAnyClientCert}  @ 1:84: tls_server_config.client_auth_type: RequireAnyClientCert lets in certificates nobody verified; use RequireAndVerifyClientCert
            {OK, client_auth_type: Always}                @ 1:84: tls_server_config.client_auth_type: must be one of NoClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert, not "Always"
            {OK, client_auth_type: RequireAndVerifyClientCert} @ 1:66: tls_server_config.client_auth_type: needs client_ca_file
            {OK, client_ca_file: ca.crt}                  @ 1:66: tls_server_config.client_ca_file: needs client_auth_type: RequireAndVerifyClientCert
            {OK, min_version: TLS10}                      @ 1:79: tls_server_config.min_version: TLS10 is switched off in Java; use TLS12 or TLS13
            {OK, max_version: TLS14}                      @ 1:79: tls_server_config.max_version: must be TLS12 or TLS13, not "TLS14"
            {OK, min_version: TLS13, max_version: TLS12}  @ 1:66: tls_server_config.min_version: is above max_version
            {OK, cipher_suites: [RC4-SHA]} @ 1:82: tls_server_config.cipher_suites[0]: "RC4-SHA" is no cipher suite of this Java
            {OK, curve_preferences: [X448]}               @ 1:86: tls_server_config.curve_preferences[0]: must be one of CurveP256, CurveP384, CurveP521, X25519, not "X448"
            """)
    void tlsThatIsWrongOrCannotBeHonouredIsNamedWithItsPlace(String tls, String expected) throws IOException {
        String yaml = "tls_server_config: " + tls.replace("OK", "cert_file: server.crt, key_file: server.key");
        assertEquals(at(expected), Loading.problems(load(yaml)));
    }

    private String at(String expected) {
        return directory.resolve("web.yml") + ":" + expected.replace("DIR", directory.toString());
    }

    private Loaded<WebConfig> load(String yaml) throws IOException {
        return WebConfigLoader.load(Files.writeString(directory.resolve("web.yml"), yaml));
    }
}
