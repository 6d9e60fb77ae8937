package io.fdsentry.testing;

import io.fdsentry.model.Counts;
import io.fdsentry.model.TcpState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Loopback sockets driven into TCP states by ordinary calls, and held there until this is closed. Needs
/// neither privileges nor other programs, and no byte of it is left to timing: a state is reached when the call
/// returns, or, where the kernel still has to deliver something, an instant later.
///
/// The sockets that were asked for are the subjects; most have another end, also held here. [#descriptors()]
/// says what all of them together look like to somebody who counts the fds of this process.
///
/// As a program it does the same in a process of its own, see [TcpStatesProcess].
public final class TcpStates implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final InetAddress loopback;
    private final ProtocolFamily family;
    private final ServerSocketChannel listener;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final Tally<TcpState> descriptors = Tally.of(TcpState.class);

    private TcpStates(ProtocolFamily family, InetAddress loopback) throws IOException {
        this.family = family;
        this.loopback = loopback;
        listener = listen(BACKLOG);
    }

    /// On 127.0.0.1.
    public static TcpStates v4() {
        return on(StandardProtocolFamily.INET, "127.0.0.1");
    }

    /// On ::1.
    public static TcpStates v6() {
        return on(StandardProtocolFamily.INET6, "::1");
    }

    /// On 127.0.0.1 through IPv6 sockets, as servers do that listen for both.
    public static TcpStates mapped() {
        return on(StandardProtocolFamily.INET6, "127.0.0.1");
    }

    private static TcpStates on(ProtocolFamily family, String address) {
        try {
            return new TcpStates(family, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One end of a connection, as a row of the TCP table shows it.
    ///
    /// @param peerPort 0 without a peer
    public record Subject(TcpState state, int localPort, int peerPort) {}

    /// Drives another socket into a state. CLOSED is one that was connected once and whose peer has reset it.
    ///
    /// TIME_WAIT lasts a minute and has no descriptor; SYN_SENT gives up after two minutes, SYN_RECV likewise.
    public Subject hold(TcpState state) {
        try {
            return drive(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A socket that has a local port and was never connected: in no table, and never was.
    public Subject holdBound() {
        try {
            SocketChannel socket = keep(SocketChannel.open(family));
            socket.bind(new InetSocketAddress(loopback, 0));
            descriptors.with(TcpState.CLOSED, 1);
            return new Subject(TcpState.CLOSED, port(socket), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every TCP descriptor held here by state, the listeners and other ends included.
    public Counts<TcpState> descriptors() {
        return descriptors.done();
    }

    private Subject drive(TcpState state) throws IOException {
        return switch (state) {
            case ESTABLISHED -> connected(state, TcpState.ESTABLISHED, (subject, peer) -> {});
            case FIN_WAIT1 ->
                connected(state, TcpState.ESTABLISHED, (subject, peer) -> {
                    fill(subject);
                    subject.shutdownOutput();
                });
            case FIN_WAIT2 -> connected(state, TcpState.CLOSE_WAIT, (subject, peer) -> subject.shutdownOutput());
            case CLOSE_WAIT -> connected(state, TcpState.FIN_WAIT2, (subject, peer) -> peer.shutdownOutput());
            case CLOSING ->
                connected(state, TcpState.FIN_WAIT2, (subject, peer) -> {
                    fill(subject);
                    subject.shutdownOutput();
                    peer.shutdownOutput();
                });
            case LAST_ACK ->
                connected(state, TcpState.FIN_WAIT2, (subject, peer) -> {
                    fill(subject);
                    peer.shutdownOutput();
                    subject.shutdownOutput();
                });
            case CLOSED -> reset();
            case TIME_WAIT -> timeWait();
            case SYN_SENT -> synSent();
            case SYN_RECV -> synReceived();
            case LISTEN -> new Subject(state, port(listen(BACKLOG)), 0);
        };
    }

    private Subject connected(TcpState state, TcpState peerState, Script script) throws IOException {
        SocketChannel subject = keep(connect(listener));
        SocketChannel peer = keep(listener.accept());
        script.run(subject, peer);
        descriptors.with(state, 1).with(peerState, 1);
        return new Subject(state, port(subject), port(peer));
    }

    private Subject reset() throws IOException {
        SocketChannel subject = keep(connect(listener));
        try (SocketChannel peer = listener.accept()) {
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        descriptors.with(TcpState.CLOSED, 1);
        return new Subject(TcpState.CLOSED, port(subject), port(listener));
    }

    private Subject timeWait() throws IOException {
        try (SocketChannel subject = connect(listener);
                SocketChannel peer = listener.accept()) {
            Subject row = new Subject(TcpState.TIME_WAIT, port(subject), port(peer));
            subject.close();
            var _ = peer.read(ByteBuffer.allocate(1));
            return row;
        }
    }

    /// The kernel drops connection requests while as many connections as the backlog plus one wait to be
    /// accepted.
    private Subject synSent() throws IOException {
        int backlog = 1;
        ServerSocketChannel full = listen(backlog);
        for (int i = 0; i <= backlog; i++) {
            keep(connect(full));
            descriptors.with(TcpState.ESTABLISHED, 1);
        }
        SocketChannel subject = keep(SocketChannel.open(family));
        subject.bind(new InetSocketAddress(loopback, 0));
        subject.configureBlocking(false);
        if (subject.connect(full.getLocalAddress())) {
            throw new IOException("the backlog of " + backlog + " was not full");
        }
        descriptors.with(TcpState.SYN_SENT, 1);
        return new Subject(TcpState.SYN_SENT, port(subject), port(full));
    }

    /// A listener that waits for data leaves a connection half made until some come; always over IPv4.
    private Subject synReceived() throws IOException {
        NativeSocket deferring = keep(NativeSocket.tcp().deferringAccept(120).listening());
        NativeSocket client = keep(NativeSocket.tcp().connect(deferring.port()));
        descriptors.with(TcpState.LISTEN, 1).with(TcpState.ESTABLISHED, 1);
        return new Subject(TcpState.SYN_RECV, deferring.port(), client.port());
    }

    /// Writes until nothing more is taken: the receive buffer of the other end is full and its window closed.
    private static void fill(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
        int refusals = 0;
        while (refusals < 3) {
            refusals = socket.write(zeros.clear()) == 0 ? refusals + 1 : 0;
            Thread.yield();
        }
    }

    private ServerSocketChannel listen(int backlog) throws IOException {
        ServerSocketChannel socket = keep(ServerSocketChannel.open(family));
        socket.bind(new InetSocketAddress(loopback, 0), backlog);
        descriptors.with(TcpState.LISTEN, 1);
        return socket;
    }

    private SocketChannel connect(ServerSocketChannel to) throws IOException {
        SocketChannel socket = SocketChannel.open(family);
        socket.connect(to.getLocalAddress());
        return socket;
    }

    private <T extends AutoCloseable> T keep(T socket) {
        held.push(socket);
        return socket;
    }

    private static int port(SocketChannel socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    private static int port(ServerSocketChannel socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    @Override
    public void close() {
        for (AutoCloseable socket : held) {
            try {
                socket.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Holds sockets until standard input ends: arguments are `v4`, `v6` or `mapped`, then `state=count` for each
    /// state, and `bound=count`. Prints `ready` and the descriptors by state.
    public static void main(String[] args) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            counts.put(pair[0], Integer.valueOf(pair[1]));
        }
        try (TcpStates states = of(args[0])) {
            for (TcpState state : TcpState.values()) {
                for (int i = counts.getOrDefault(state.label(), 0); i > 0; i--) {
                    states.hold(state);
                }
            }
            for (int i = counts.getOrDefault("bound", 0); i > 0; i--) {
                states.holdBound();
            }
            System.out.println(ready(states.descriptors()));
            while (System.in.read() >= 0) {
                // Until whoever started this lets go.
            }
        }
    }

    private static TcpStates of(String family) {
        return switch (family) {
            case "v4" -> v4();
            case "v6" -> v6();
            case "mapped" -> mapped();
            default -> throw new IllegalArgumentException(family);
        };
    }

    private static String ready(Counts<TcpState> descriptors) {
        StringBuilder line = new StringBuilder("ready");
        descriptors.forEach((state, count) -> line.append(' ').append(count));
        return line.toString();
    }

    private interface Script {
        void run(SocketChannel subject, SocketChannel peer) throws IOException;
    }
}
