package io.fdsentry.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.evidence.EvidenceStore;
import io.fdsentry.json.EvidenceAnswer;
import io.fdsentry.model.EvidenceSummary;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where records are read from.
sealed interface Source {
    /// All records, newest first.
    ///
    /// @throws IOException in words for a person
    List<EvidenceSummary> list() throws IOException;

    /// The document of one record, null when there is none.
    ///
    /// @throws IOException in words for a person
    @Nullable
    String json(String id) throws IOException;

    /// A directory of records; nothing in it is changed.
    record Disk(Path directory) implements Source {
        @Override
        public List<EvidenceSummary> list() throws IOException {
            return store().list();
        }

        @Override
        public @Nullable String json(String id) throws IOException {
            StringWriter json = new StringWriter();
            return store().write(id, json) ? json.toString() : null;
        }

        private EvidenceStore store() throws IOException {
            if (!Files.isReadable(directory)) {
                throw new IOException(directory
                        + (Files.exists(directory) ? " may not be read" : " is not there: nothing was recorded yet"));
            }
            return EvidenceStore.of(directory);
        }

        @Override
        public String toString() {
            return directory.toString();
        }
    }

    /// A daemon on this machine.
    ///
    /// @param address host and port
    record Daemon(String address) implements Source {
        private static final int CONNECT_MILLIS = 2000;
        private static final int READ_MILLIS = 20_000;

        @Override
        public List<EvidenceSummary> list() throws IOException {
            String json = get("/api/v1/evidence");
            if (json == null) {
                throw new IOException("what answers at " + address + " keeps no evidence");
            }
            return EvidenceAnswer.list(new StringReader(json));
        }

        @Override
        public @Nullable String json(String id) throws IOException {
            return id.matches("[a-z0-9-]+") ? get("/api/v1/evidence/" + id) : null;
        }

        private @Nullable String get(String path) throws IOException {
            URI uri = URI.create("http://" + address + path);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try {
                return body(connection);
            } catch (ConnectException e) {
                throw new IOException(
                        "no daemon answers at " + address
                                + "; name the directory with --evidence.directory, or the configuration with --config.file",
                        e);
            } finally {
                connection.disconnect();
            }
        }

        private @Nullable String body(HttpURLConnection connection) throws IOException {
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_NOT_FOUND) {
                return null;
            }
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("the daemon at " + address + " answers HTTP " + status);
            }
            try (Reader in = new InputStreamReader(connection.getInputStream(), UTF_8)) {
                StringWriter text = new StringWriter();
                in.transferTo(text);
                return text.toString();
            }
        }

        @Override
        public String toString() {
            return "the daemon at " + address;
        }
    }
}
