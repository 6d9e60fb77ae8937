package io.fdsentry.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// An HTTP client that uses its connection again, as everybody's does, once the answer has been closed; until then the
/// next request needs a new one.
final class Client {
    private final InetSocketAddress server;
    private @Nullable Socket idle;

    Client(InetSocketAddress server) {
        this.server = server;
    }

    /// Sends a request.
    ///
    /// @return the answer, to be closed
    Answer post(String path, String body) throws IOException {
        Socket used = idle;
        idle = null;
        if (used != null) {
            try {
                return ask(used, path, body);
            } catch (IOException e) {
                // ended by the server meanwhile
            }
        }
        return ask(new Socket(server.getAddress(), server.getPort()), path, body);
    }

    private Answer ask(Socket connection, String path, String body) throws IOException {
        String request = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".formatted(path)
                + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
        try {
            connection.getOutputStream().write(request.getBytes(US_ASCII));
            return Answer.of(this, connection);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    void giveBack(Socket connection) {
        idle = connection;
    }

    /// Ends the connection that is not in use, as pools do now and then.
    void closeIdle() throws IOException {
        if (idle != null) {
            idle.close();
            idle = null;
        }
    }
}
