package io.fdsentry.cli.inspect;

import io.fdsentry.ListenAddress;
import io.fdsentry.json.Answer;
import io.fdsentry.model.Board;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Looks through the eyes of a daemon that runs on this machine: it knows ages and findings.
final class DaemonEyes {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 10_000;

    private final String address;

    DaemonEyes(ListenAddress listens) {
        this.address = listens.reachable();
    }

    /// What came of asking.
    sealed interface Reply {
        record Answered(Look look) implements Reply {}

        /// Nobody listens there.
        record Nobody() implements Reply {}

        /// Somebody listens and does not tell; `why` in words.
        record Refused(String why) implements Reply {}
    }

    /// Asks for all processes it watches.
    Reply look(Wanted wanted) {
        HttpURLConnection connection = null;
        try {
            URI uri = URI.create("http://" + address + "/api/v1/processes");
            connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.connect();
        } catch (IOException | IllegalArgumentException e) {
            return new Reply.Nobody();
        }
        try {
            return read(connection, wanted);
        } catch (IOException e) {
            return new Reply.Refused(
                    "it does not answer plain HTTP, as where web.config.file sets TLS (" + e.getMessage() + ")");
        } finally {
            connection.disconnect();
        }
    }

    private Reply read(HttpURLConnection connection, Wanted wanted) throws IOException {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new Reply.Refused("it asks for a password");
        }
        if (status != HttpURLConnection.HTTP_OK) {
            return new Reply.Refused("it answers HTTP " + status);
        }
        try (Reader in = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
            Board board = Answer.read(in);
            return new Reply.Answered(new Look("the daemon at " + address, board, wanted::accepts));
        }
    }

    @Override
    public String toString() {
        return "the daemon at " + address;
    }
}
