package io.fdsentry.sample;

import io.fdsentry.model.IpAddress;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import io.fdsentry.sample.Endpoints.Endpoint;
import io.fdsentry.sample.runtime.RuntimeProbe;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Tells the runtimes' probe where a process listens, when it asks for that: a few processes, now and then.
final class OwnPorts {
    private final SocketMemory memory;
    private final Endpoints endpoints;
    private final Namespaces namespaces;
    private final RuntimeProbe runtimes;
    private final List<Watched> wanted = new ArrayList<>();

    OwnPorts(SocketMemory memory, Endpoints endpoints, Namespaces namespaces, RuntimeProbe runtimes) {
        this.memory = memory;
        this.endpoints = endpoints;
        this.namespaces = namespaces;
        this.runtimes = runtimes;
    }

    void begin() {
        wanted.clear();
    }

    /// Before the tables are read. What listens in another network namespace cannot be reached from here.
    void want(Watched process, boolean alone) {
        boolean near = process.namespace.orNull() instanceof Namespace home && namespaces.isOwn(home);
        if (near && process.listing.isSeen() && runtimes.wantsPorts(process.process, alone)) {
            endpoints.wantAll(process.fds);
            wanted.add(process);
        }
    }

    /// After they were.
    void tell() {
        for (Watched process : wanted) {
            if (process.namespace.flatMap(Namespace::table).isSeen()) {
                runtimes.ports(process.process, listening(process));
            }
        }
    }

    private List<InetSocketAddress> listening(Watched process) {
        List<InetSocketAddress> listening = new ArrayList<>();
        for (int i = 0; i < process.fds.size(); i++) {
            int slot = process.slot(memory, i);
            Endpoint endpoint = slot == SocketMemory.ABSENT ? null : endpoints.of(process.fds.inode(i));
            if (endpoint != null
                    && memory.protocol(slot) == Protocol.TCP
                    && memory.state(slot) == TcpState.LISTEN
                    && endpoint.localPort() != 0) {
                listening.add(new InetSocketAddress(reachable(endpoint.localAddress()), endpoint.localPort()));
            }
        }
        return listening.stream().distinct().toList();
    }

    /// Who listens on any address is reached at the loopback one.
    private static InetAddress reachable(IpAddress address) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(address.high())
                .putLong(address.low())
                .array();
        try {
            return IpAddress.isAny(address.high(), address.low())
                    ? InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
                    : plain(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen bytes are an address", e);
        }
    }

    /// A scope would be none of a URL.
    private static InetAddress plain(InetAddress address) throws UnknownHostException {
        return address instanceof Inet6Address v6 ? InetAddress.getByAddress(v6.getAddress()) : address;
    }
}
