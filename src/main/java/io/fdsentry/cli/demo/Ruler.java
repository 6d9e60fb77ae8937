package io.fdsentry.cli.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A program that evaluates rules: it asks a store of time series all the time, over connections that come and go,
/// listens to its cluster, and tells its controller at every beat that it is alive. [#LEAKY] throws the controller's
/// answer away without closing it; [#REPAIRED] closes it.
final class Ruler {
    static final String LEAKY = "leaky";
    static final String REPAIRED = "repaired";

    /// Heartbeats a second; the incident had one in thirty.
    static final int BEATS = 4;

    static final int QUERIES = 50;
    private static final int LONGEST_PAUSE_MILLIS = 2000;
    /// One query in so many is the last of its connection.
    private static final int LAST = 100;

    /// As an HTTP client's own threads do: no collector of garbage closes what they wait for.
    private static final List<Answer> FORGOTTEN = new ArrayList<>();

    private Ruler() {}

    /// @param args leaky or repaired, the controller's port, the store's port
    public static void main(String[] args) throws IOException {
        Curtain.leaveInterruptToTheStarter();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Client controller = new Client(new InetSocketAddress(loopback, Integer.parseInt(args[1])));
        InetSocketAddress store = new InetSocketAddress(loopback, Integer.parseInt(args[2]));
        try (ServerSocket members = new ServerSocket(0, 0, loopback);
                DatagramSocket _ = new DatagramSocket(members.getLocalPort(), loopback)) {
            for (int i = 0; i < QUERIES; i++) {
                Thread.ofVirtual().start(() -> evaluate(new Client(store)));
            }
            Thread.ofVirtual().start(() -> beat(controller, args[0].equals(LEAKY)));
            System.out.println(members.getLocalPort());
            Curtain.awaitFall();
        }
    }

    private static void beat(Client controller, boolean leaky) {
        while (true) {
            try {
                Answer answer = controller.post("/heartbeat", "{\"id\":\"ruler-0\",\"state\":\"running\"}");
                if (leaky) {
                    FORGOTTEN.add(answer);
                } else {
                    answer.close();
                }
            } catch (IOException e) {
                // the next beat tries again
            }
            sleep(1000 / BEATS);
        }
    }

    private static void evaluate(Client store) {
        while (true) {
            try {
                store.post("/api/v1/query", "{\"query\":\"up\"}").close();
                if (ThreadLocalRandom.current().nextInt(LAST) == 0) {
                    store.closeIdle();
                }
            } catch (IOException e) {
                // the next query tries again
            }
            sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
