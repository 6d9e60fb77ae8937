package io.fdsentry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file of `--web.config.file`: TLS, client certificates, users and response headers, in the format of
/// [exporter-toolkit](https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md).
///
/// @param tls null: plain HTTP
/// @param headers to add to each response
/// @param users bcrypt hashes by user name; empty: no basic authentication
public record WebConfig(@Nullable Tls tls, Map<String, String> headers, Map<String, String> users) {

    /// Plain HTTP for everyone.
    public static final WebConfig NONE = new WebConfig(null, Map.of(), Map.of());

    public WebConfig {
        headers = Map.copyOf(headers);
        users = Map.copyOf(users);
    }

    /// Whether nobody gets in without proving who he is.
    public boolean authenticates() {
        return !users.isEmpty() || tls != null && tls.clientAuth() == ClientAuth.REQUIRED;
    }

    /// Never shows the hashes.
    @Override
    public String toString() {
        return "WebConfig[tls=" + tls + ", headers=" + headers + ", users=" + users.keySet() + "]";
    }

    /// Paths were readable when the file was read, and may hold other certificates later.
    ///
    /// @param certFile PEM, the server's certificate first
    /// @param keyFile PEM
    /// @param clientAuth what clients must show
    /// @param clientCaFile PEM; present unless [ClientAuth#NONE]
    /// @param protocols as `SSLParameters.setProtocols` takes them
    /// @param cipherSuites as `SSLParameters.setCipherSuites` takes them, with those of TLS 1.3; empty: Java's own
    /// @param serverChoosesCipher as `SSLParameters.setUseCipherSuitesOrder` takes it
    /// @param namedGroups as `SSLParameters.setNamedGroups` takes them; empty: Java's own
    public record Tls(
            Path certFile,
            Path keyFile,
            ClientAuth clientAuth,
            @Nullable Path clientCaFile,
            List<String> protocols,
            List<String> cipherSuites,
            boolean serverChoosesCipher,
            List<String> namedGroups) {
        public Tls {
            protocols = List.copyOf(protocols);
            cipherSuites = List.copyOf(cipherSuites);
            namedGroups = List.copyOf(namedGroups);
        }
    }

    /// What clients must show.
    public enum ClientAuth {
        /// Nothing: they are not asked.
        NONE,
        /// A certificate that the client CA signed, or none.
        IF_GIVEN,
        /// A certificate that the client CA signed.
        REQUIRED
    }
}
