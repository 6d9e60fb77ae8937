package io.fdsentry.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets a bounded number of answers be written at a time, and few to one client: a client that reads slowly, or
/// many that ask at once, cost neither memory nor the others' turn.
final class Gate {
    private final int places;
    private final int placesOfOne;
    private final Duration patience;
    private final Map<InetAddress, Integer> inside = new HashMap<>();
    private int total;

    /// @param places answers at a time
    /// @param placesOfOne of them to one address
    /// @param patience how long a request waits for its turn
    Gate(int places, int placesOfOne, Duration patience) {
        this.places = places;
        this.placesOfOne = placesOfOne;
        this.patience = patience;
    }

    /// A place, to be closed; null when none came free in time.
    synchronized @Nullable Place enter(InetAddress client) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (total >= places || inside.getOrDefault(client, 0) >= placesOfOne) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        total++;
        inside.merge(client, 1, Integer::sum);
        return () -> leave(client);
    }

    private synchronized void leave(InetAddress client) {
        total--;
        inside.computeIfPresent(client, (c, n) -> n == 1 ? null : n - 1);
        notifyAll();
    }

    /// A turn that was had.
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
