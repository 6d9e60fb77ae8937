package io.fdsentry.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// An HTTP answer whose body has not been read. Only [#close] gives its connection back, to be used again.
final class Answer implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private final Client client;
    private final Socket connection;
    private final int body;

    private Answer(Client client, Socket connection, int body) {
        this.client = client;
        this.connection = connection;
        this.body = body;
    }

    /// Reads the head of the answer.
    static Answer of(Client client, Socket connection) throws IOException {
        int body = 0;
        String line = Lines.next(connection.getInputStream());
        while (!line.isEmpty()) {
            body = Lines.startsWith(line, LENGTH) ? Lines.number(line, LENGTH) : body;
            line = Lines.next(connection.getInputStream());
        }
        return new Answer(client, connection, body);
    }

    @Override
    public void close() throws IOException {
        InputStream in = connection.getInputStream();
        in.skipNBytes(body);
        client.giveBack(connection);
    }
}
