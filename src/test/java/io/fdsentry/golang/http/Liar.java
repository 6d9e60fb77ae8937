package io.fdsentry.golang.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A server that answers whatever the test says, byte by byte.
final class Liar implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Manner manner;
    private final List<Socket> open = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    final AtomicLong sent = new AtomicLong();

    /// How it answers; an exception ends the connection.
    @FunctionalInterface
    interface Manner {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    Liar(Manner manner) throws IOException {
        this.manner = manner;
        Thread.ofVirtual().start(this::serve);
    }

    /// Answers with a text and ends.
    static Manner text(String status, String body) {
        return out -> out.write(
                ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /// The first lines of what it was asked.
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        try {
            while (true) {
                Socket client = listener.accept();
                synchronized (this) {
                    open.add(client);
                }
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            String first = in.readLine();
            synchronized (this) {
                asked.add(first);
            }
            for (String line = first; line != null && !line.isEmpty(); ) {
                line = in.readLine();
            }
            manner.answer(client.getOutputStream());
        } catch (IOException | InterruptedException e) {
            // the other end has had enough
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (this) {
            for (Socket client : open) {
                client.close();
            }
        }
    }
}
