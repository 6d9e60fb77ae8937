package io.fdsentry.web;

import io.fdsentry.config.WebConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's key and certificate and the CA of its clients, read again when their files change: short-lived
/// certificates are renewed in place. Files that are wrong leave those in force, with one log line.
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final char[] NO_PASSWORD = {};

    private final WebConfig.Tls tls;
    private Loaded loaded;
    private String problem = "";

    /// @param stamps when the files were last changed
    private record Loaded(
            List<FileTime> stamps,
            X509ExtendedKeyManager keys,
            @Nullable X509ExtendedTrustManager clients) {}

    /// @throws IOException if a file cannot be used, naming it
    Certificates(WebConfig.Tls tls) throws IOException {
        this.tls = tls;
        this.loaded = load(stamps());
    }

    synchronized X509ExtendedKeyManager keys() {
        refresh();
        return loaded.keys();
    }

    /// Null where clients are not asked for a certificate.
    synchronized @Nullable X509ExtendedTrustManager clients() {
        refresh();
        return loaded.clients();
    }

    private void refresh() {
        try {
            List<FileTime> now = stamps();
            if (!now.equals(loaded.stamps())) {
                loaded = new Loaded(now, loaded.keys(), loaded.clients());
                loaded = load(now);
                LOG.atInfo().addKeyValue("file", tls.certFile()).log("certificates read again");
            }
            problem = "";
        } catch (IOException e) {
            String text = e.toString();
            if (!text.equals(problem)) {
                LOG.atWarn().addKeyValue("error", text).log("certificates in force stay");
            }
            problem = text;
        }
    }

    private List<FileTime> stamps() throws IOException {
        List<FileTime> stamps = new ArrayList<>();
        stamps.add(Files.getLastModifiedTime(tls.certFile()));
        stamps.add(Files.getLastModifiedTime(tls.keyFile()));
        if (tls.clientCaFile() != null) {
            stamps.add(Files.getLastModifiedTime(tls.clientCaFile()));
        }
        return stamps;
    }

    private Loaded load(List<FileTime> stamps) throws IOException {
        Path ca = tls.clientCaFile();
        return new Loaded(stamps, readKeys(tls.certFile(), tls.keyFile()), ca == null ? null : readClients(ca));
    }

    private static X509ExtendedKeyManager readKeys(Path certFile, Path keyFile) throws IOException {
        X509Certificate[] chain = certificates(certFile).toArray(X509Certificate[]::new);
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("server", Pem.privateKey(Files.readAllBytes(keyFile)), NO_PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509ExtendedKeyManager keys) {
                    return keys;
                }
            }
            throw new GeneralSecurityException("no key manager for it");
        } catch (GeneralSecurityException e) {
            throw new IOException(keyFile + ": " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager readClients(Path caFile) throws IOException {
        try {
            KeyStore store = emptyStore();
            int n = 0;
            for (X509Certificate ca : certificates(caFile)) {
                store.setCertificateEntry("ca-" + n++, ca);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager clients) {
                    return clients;
                }
            }
            throw new GeneralSecurityException("no trust manager for it");
        } catch (GeneralSecurityException e) {
            throw new IOException(caFile + ": " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            return Pem.certificates(Files.readAllBytes(file));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
