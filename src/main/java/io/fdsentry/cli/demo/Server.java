package io.fdsentry.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/// An HTTP server that answers everything, and ends connections that were idle for some time: most of them in order,
/// some by a reset. In the incident it is the controller, and with more patience the store of time series.
final class Server {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}"
                    .getBytes(US_ASCII);

    private final int idleMillis;
    private final double resets;

    private Server(int idleMillis, double resets) {
        this.idleMillis = idleMillis;
        this.resets = resets;
    }

    /// @param args the port it would like to have, after how many milliseconds a connection is ended, which share of
    /// them by a reset; prints the port it has
    public static void main(String[] args) throws IOException {
        Curtain.leaveInterruptToTheStarter();
        Server server = new Server(Integer.parseInt(args[1]), Double.parseDouble(args[2]));
        try (ServerSocket socket = listen(Integer.parseInt(args[0]))) {
            Thread.ofVirtual().start(() -> server.acceptAll(socket));
            System.out.println(socket.getLocalPort());
            Curtain.awaitFall();
        }
    }

    private static ServerSocket listen(int wanted) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            return new ServerSocket(wanted, 0, loopback);
        } catch (IOException e) {
            return new ServerSocket(0, 0, loopback);
        }
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // a client that has gone already
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket connection = accepted) {
            connection.setSoTimeout(idleMillis);
            if (ThreadLocalRandom.current().nextDouble() < resets) {
                connection.setSoLinger(true, 0);
            }
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                in.skipNBytes(Head.read(in).body());
                connection.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            // idle for too long, or ended by the client
        }
    }
}
