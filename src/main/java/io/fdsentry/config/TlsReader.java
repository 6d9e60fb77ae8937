package io.fdsentry.config;

import io.fdsentry.config.Form.Style;
import io.fdsentry.config.WebConfig.ClientAuth;
import io.fdsentry.config.WebConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Reads `tls_server_config`, from Go's names to Java's.
final class TlsReader {
    private static final String INLINE = "certificates and keys in the file itself are not supported; use %s_file";
    private static final List<String> VERSIONS = List.of("TLS12", "TLS13");
    private static final List<String> TLS13_SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final Map<String, String> GROUPS = Map.of(
            "CurveP256", "secp256r1",
            "CurveP384", "secp384r1",
            "CurveP521", "secp521r1",
            "X25519", "x25519");
    private static final Form<String> GROUP =
            Forms.choice(GROUPS.keySet().stream().sorted().toList(), name -> name);
    private static final Form<String> VERSION = new Form<>("TLS12 or TLS13", Style.TEXT, TlsReader::version);
    private static final Form<ClientAuth> CLIENT_AUTH =
            new Form<>("a kind of client authentication", Style.TEXT, TlsReader::clientAuth);
    private static final Form<String> SUITE = new Form<>("the name of a cipher suite", Style.TEXT, TlsReader::suite);

    private final Form<Path> readable;

    /// @param file that names the others
    TlsReader(Path file) {
        this.readable = new Form<>(
                "a path",
                Style.TEXT,
                text -> readable(file.resolveSibling(Forms.PATH.reader().read(text))));
    }

    /// Null without the section, or after a problem.
    @Nullable
    Tls read(Section section) {
        section.refuse("cert", INLINE.formatted("cert"));
        section.refuse("key", INLINE.formatted("key"));
        section.refuse("client_ca", INLINE.formatted("client_ca"));
        section.refuse("client_allowed_sans", "not supported: it would let in every certificate of the client CA");
        Path cert = section.find("cert_file", readable);
        Path key = section.find("key_file", readable);
        ClientAuth clientAuth = section.get("client_auth_type", CLIENT_AUTH, ClientAuth.NONE);
        Path clientCa = section.find("client_ca_file", readable);
        List<String> protocols = protocols(section);
        List<String> suites = suites(section.list("cipher_suites"), protocols);
        boolean serverChooses = section.get("prefer_server_cipher_suites", Forms.FLAG, true);
        List<String> groups = texts(section.list("curve_preferences"), GROUP).stream()
                .map(GROUPS::get)
                .filter(Objects::nonNull)
                .toList();
        if (!section.isEmpty()) {
            checkTogether(section, clientAuth);
        }
        return cert == null || key == null
                ? null
                : new Tls(cert, key, clientAuth, clientCa, protocols, suites, serverChooses, groups);
    }

    private static void checkTogether(Section section, ClientAuth clientAuth) {
        if (section.value("cert_file") == null && section.value("cert") == null) {
            section.problem("has no cert_file");
        }
        if (section.value("key_file") == null && section.value("key") == null) {
            section.problem("has no key_file");
        }
        boolean asks = section.value("client_auth_type") != null && clientAuth != ClientAuth.NONE;
        boolean hasCa = section.value("client_ca_file") != null || section.value("client_ca") != null;
        if (asks && !hasCa) {
            section.keyProblem("client_auth_type", "needs client_ca_file");
        }
        if (hasCa && section.value("client_auth_type") == null) {
            section.keyProblem("client_ca_file", "needs client_auth_type: RequireAndVerifyClientCert");
        }
    }

    private static List<String> protocols(Section section) {
        String least = section.get("min_version", VERSION, "TLS12");
        String most = section.get("max_version", VERSION, "TLS13");
        if (least.compareTo(most) > 0) {
            section.keyProblem("min_version", "is above max_version");
        }
        return VERSIONS.stream()
                .filter(version -> version.compareTo(least) >= 0 && version.compareTo(most) <= 0)
                .map(version -> version.replace("TLS1", "TLSv1."))
                .toList();
    }

    /// In Go the list is about TLS 1.2 alone; in Java it is about all versions, so those of 1.3 are added.
    private static List<String> suites(List<Value> values, List<String> protocols) {
        List<String> suites = new ArrayList<>(texts(values, SUITE));
        if (!suites.isEmpty() && protocols.contains("TLSv1.3")) {
            suites.removeAll(TLS13_SUITES);
            suites.addAll(0, TLS13_SUITES);
        }
        return suites;
    }

    private static List<String> texts(List<Value> values, Form<String> form) {
        List<String> texts = new ArrayList<>();
        for (Value value : values) {
            String text = value.read(form);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static Path readable(Path path) throws BadValue {
        if (!Files.exists(path)) {
            throw new BadValue(Quoted.of(path.toString()) + " does not exist");
        }
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new BadValue(Quoted.of(path.toString()) + " may not be read");
        }
        return path;
    }

    private static String version(String text) throws BadValue {
        if (text.equals("TLS10") || text.equals("TLS11")) {
            throw new BadValue(text + " is switched off in Java; use TLS12 or TLS13");
        }
        if (!VERSIONS.contains(text)) {
            throw new BadValue("must be TLS12 or TLS13, not " + Quoted.of(text));
        }
        return text;
    }

    private static ClientAuth clientAuth(String text) throws BadValue {
        return switch (text) {
            case "NoClientCert", "" -> ClientAuth.NONE;
            case "VerifyClientCertIfGiven" -> ClientAuth.IF_GIVEN;
            case "RequireAndVerifyClientCert" -> ClientAuth.REQUIRED;
            case "RequestClientCert", "RequireAnyClientCert", "RequireClientCert" ->
                throw new BadValue(text + " lets in certificates nobody verified; use RequireAndVerifyClientCert");
            default ->
                throw new BadValue(
                        "must be one of NoClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert, not "
                                + Quoted.of(text));
        };
    }

    private static String suite(String text) throws BadValue {
        try {
            List<String> known =
                    List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
            if (!known.contains(text)) {
                throw new BadValue(Quoted.of(text) + " is no cipher suite of this Java" + Suggestion.near(text, known));
            }
            return text;
        } catch (NoSuchAlgorithmException e) {
            throw new BadValue("this Java has no TLS: " + e.getMessage());
        }
    }
}
