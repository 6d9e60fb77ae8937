package io.fdsentry.web;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.fdsentry.config.WebConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// TLS as `tls_server_config` of the exporter-toolkit says.
final class Tls extends HttpsConfigurator {
    private final WebConfig.Tls tls;

    private Tls(SSLContext context, WebConfig.Tls tls) {
        super(context);
        this.tls = tls;
    }

    /// @throws IOException if a file cannot be used, naming it
    static Tls of(WebConfig.Tls tls) throws IOException {
        Certificates certificates = new Certificates(tls);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new ServerKeys(certificates)},
                    new TrustManager[] {new ClientTrust(certificates)},
                    null);
            Tls configurator = new Tls(context, tls);
            context.createSSLEngine().setSSLParameters(configurator.parameters());
            return configurator;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    @Override
    public void configure(HttpsParameters connection) {
        connection.setSSLParameters(parameters());
    }

    private SSLParameters parameters() {
        SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
        parameters.setProtocols(tls.protocols().toArray(String[]::new));
        if (!tls.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(tls.cipherSuites().toArray(String[]::new));
        }
        parameters.setUseCipherSuitesOrder(tls.serverChoosesCipher());
        if (!tls.namedGroups().isEmpty()) {
            parameters.setNamedGroups(tls.namedGroups().toArray(String[]::new));
        }
        switch (tls.clientAuth()) {
            case NONE -> parameters.setNeedClientAuth(false);
            case IF_GIVEN -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        return parameters;
    }
}
