package io.fdsentry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// The other end of the connections of a process under watch, here in the test: it does what the test says, when the
/// test says it, so that no state is left to timing. It listens on every loopback address, `127.0.0.1` to
/// `127.255.255.254`, so that one of it can stand for many hosts.
public final class FarEnd implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel listener;
    private final Deque<SocketChannel> held = new ArrayDeque<>();

    private FarEnd(ServerSocketChannel listener) {
        this.listener = listener;
    }

    public static FarEnd listening() {
        try {
            return new FarEnd(ServerSocketChannel.open().bind(new InetSocketAddress(0), BACKLOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /// Accepts and holds connections that were made.
    public FarEnd accept(int count) {
        return each(count, () -> held.add(listener.accept()));
    }

    /// Connects to a port of this machine, says something, and holds the connection.
    public FarEnd ask(int count, int port) {
        return each(count, () -> {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            held.add(socket);
            socket.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes()));
        });
    }

    /// Sends a byte on the newest connections.
    public FarEnd answer(int count) {
        return each(1, () -> {
            var newest = held.descendingIterator();
            for (int i = 0; i < count; i++) {
                newest.next().write(ByteBuffer.allocate(1));
            }
        });
    }

    /// Reads what came and closes the oldest connections in order: what is closed unread is reset.
    public FarEnd close(int count) {
        return each(count, () -> {
            try (SocketChannel socket = held.remove()) {
                socket.configureBlocking(false);
                while (socket.read(ByteBuffer.allocate(1 << 12)) > 0) {
                    // not needed
                }
            }
        });
    }

    /// Resets the oldest connections.
    public FarEnd reset(int count) {
        return each(count, () -> {
            try (SocketChannel socket = held.remove()) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        });
    }

    /// How many connections it holds.
    public int held() {
        return held.size();
    }

    private FarEnd each(int count, Step step) {
        try {
            for (int i = 0; i < count; i++) {
                step.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void close() {
        each(held.size(), () -> held.remove().close());
        each(1, listener::close);
    }
}
