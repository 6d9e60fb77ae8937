package io.fdsentry.sample;

import io.fdsentry.model.Direction;
import io.fdsentry.model.IpAddress;
import io.fdsentry.netlink.SocketRow;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.NetLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Addresses, timers and byte counts of the few sockets of which everything is wanted this round, and their other
/// ends: the memory keeps none.
final class Endpoints {
    private final Set<Long> wanted = new HashSet<>();
    private final Map<Long, Endpoint> found = new HashMap<>();
    private final OtherEnds others = new OtherEnds();
    private int namespace;

    /// One connection as a table lists it.
    ///
    /// @param namespace number of the network namespace
    /// @param timer label of the kernel's timer
    /// @param received bytes, null where unknown
    /// @param sent bytes that were acknowledged, null where unknown
    record Endpoint(
            int namespace,
            IpAddress localAddress,
            int localPort,
            IpAddress peerAddress,
            int peerPort,
            String timer,
            @Nullable Long received,
            @Nullable Long sent) {

        String local() {
            return IpAddress.text(localAddress.high(), localAddress.low(), localPort);
        }

        /// Empty where it has none.
        String peer() {
            return peerPort == 0 ? "" : IpAddress.text(peerAddress.high(), peerAddress.low(), peerPort);
        }

        private long localKey() {
            return OtherEnds.key(namespace, localAddress.high(), localAddress.low(), localPort);
        }

        private long peerKey() {
            return OtherEnds.key(namespace, peerAddress.high(), peerAddress.low(), peerPort);
        }
    }

    /// Starts a round, in which nothing is wanted yet.
    void clear() {
        wanted.clear();
        found.clear();
        others.clear();
    }

    void wantAll(FdListing fds) {
        for (int i = 0; i < fds.size(); i++) {
            if (fds.inode(i) != 0) {
                wanted.add(fds.inode(i));
            }
        }
    }

    /// The rows that follow are of this namespace.
    void enter(Namespace next) {
        namespace = next.number();
    }

    void offer(SocketRow row) {
        if (wanted.isEmpty()) {
            return;
        }
        others.add(
                row.inode(),
                row.state(),
                OtherEnds.key(namespace, row.localHigh(), row.localLow(), row.localPort()),
                OtherEnds.key(namespace, row.peerHigh(), row.peerLow(), row.peerPort()));
        if (wanted.contains(row.inode())) {
            found.put(
                    row.inode(),
                    new Endpoint(
                            namespace,
                            new IpAddress(row.localHigh(), row.localLow()),
                            row.localPort(),
                            new IpAddress(row.peerHigh(), row.peerLow()),
                            row.peerPort(),
                            row.timer().label(),
                            row.hasBytes() ? row.receivedBytes() : null,
                            row.hasBytes() ? row.acknowledgedBytes() : null));
        }
    }

    void offer(NetLine line) {
        if (wanted.isEmpty()) {
            return;
        }
        others.add(
                line.inode(),
                line.state(),
                OtherEnds.key(namespace, line.localHigh(), line.localLow(), line.localPort()),
                OtherEnds.key(namespace, line.peerHigh(), line.peerLow(), line.peerPort()));
        if (wanted.contains(line.inode())) {
            found.put(
                    line.inode(),
                    new Endpoint(
                            namespace,
                            new IpAddress(line.localHigh(), line.localLow()),
                            line.localPort(),
                            new IpAddress(line.peerHigh(), line.peerLow()),
                            line.peerPort(),
                            line.timer().label(),
                            null,
                            null));
        }
    }

    /// What was found of a socket; null where no table listed it.
    @Nullable
    Endpoint of(long inode) {
        return found.get(inode);
    }

    /// Asks for the other end of a connection that was found; [#find] answers all at once.
    void ask(long inode, Direction direction) {
        Endpoint endpoint = found.get(inode);
        if (endpoint != null && endpoint.peerPort() != 0) {
            IpAddress client = direction == Direction.IN ? endpoint.peerAddress() : endpoint.localAddress();
            long host = OtherEnds.key(endpoint.namespace(), client.high(), client.low(), 0);
            others.ask(inode, direction, endpoint.localKey(), endpoint.peerKey(), host);
        }
    }

    /// The other ends asked for, by inode of the ends we have.
    Map<Long, OtherEnds.Found> find() {
        return others.find();
    }
}
