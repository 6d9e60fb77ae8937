package io.fdsentry.sample;

import io.fdsentry.model.IpAddress;
import io.fdsentry.netlink.SocketRow;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.NetLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Addresses and timers of the few sockets of which everything is wanted this round: the memory keeps none.
final class Endpoints {
    private final Set<Long> wanted = new HashSet<>();
    private final Map<Long, Endpoint> found = new HashMap<>();

    /// @param timer label of the kernel's timer
    record Endpoint(String local, String peer, String timer) {}

    /// Starts a round, in which nothing is wanted yet.
    void clear() {
        wanted.clear();
        found.clear();
    }

    void wantAll(FdListing fds) {
        for (int i = 0; i < fds.size(); i++) {
            if (fds.inode(i) != 0) {
                wanted.add(fds.inode(i));
            }
        }
    }

    void offer(SocketRow row) {
        if (!wanted.isEmpty() && wanted.contains(row.inode())) {
            found.put(
                    row.inode(),
                    new Endpoint(
                            IpAddress.text(row.localHigh(), row.localLow(), row.localPort()),
                            peer(row.peerHigh(), row.peerLow(), row.peerPort()),
                            row.timer().label()));
        }
    }

    void offer(NetLine line) {
        if (!wanted.isEmpty() && wanted.contains(line.inode())) {
            found.put(
                    line.inode(),
                    new Endpoint(
                            IpAddress.text(line.localHigh(), line.localLow(), line.localPort()),
                            peer(line.peerHigh(), line.peerLow(), line.peerPort()),
                            line.timer().label()));
        }
    }

    /// What was found of a socket; null where no table listed it.
    @Nullable
    Endpoint of(long inode) {
        return found.get(inode);
    }

    private static String peer(long high, long low, int port) {
        return port == 0 ? "" : IpAddress.text(high, low, port);
    }
}
