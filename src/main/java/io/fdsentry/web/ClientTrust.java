package io.fdsentry.web;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The CA of the clients as its file holds it at each handshake; without one no client's certificate is believed.
final class ClientTrust extends X509ExtendedTrustManager {
    private final Certificates certificates;

    ClientTrust(Certificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        clients().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        clients().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        clients().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw notAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw notAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notAClient();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        X509ExtendedTrustManager clients = certificates.clients();
        return clients == null ? new X509Certificate[0] : clients.getAcceptedIssuers();
    }

    private X509ExtendedTrustManager clients() throws CertificateException {
        X509ExtendedTrustManager clients = certificates.clients();
        if (clients == null) {
            throw new CertificateException("no client CA is configured");
        }
        return clients;
    }

    private static CertificateException notAClient() {
        return new CertificateException("fdsentry's server connects to nobody");
    }
}
