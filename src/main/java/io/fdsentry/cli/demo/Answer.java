package io.fdsentry.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// An HTTP answer whose body has not been read. Only [#close] gives its connection back, to be used again.
final class Answer implements AutoCloseable {
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
        return new Answer(
                client, connection, Head.read(connection.getInputStream()).body());
    }

    @Override
    public void close() throws IOException {
        InputStream in = connection.getInputStream();
        in.skipNBytes(body);
        client.giveBack(connection);
    }
}
