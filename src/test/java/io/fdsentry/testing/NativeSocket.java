package io.fdsentry.testing;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.libc.Statx;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// A stream socket on 127.0.0.1 with what the JDK does not offer: MPTCP, and TCP_DEFER_ACCEPT.
public final class NativeSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_MPTCP = 262;
    private static final int TCP_DEFER_ACCEPT = 9;
    private static final int ADDRESS_LENGTH = 16;
    private static final int SHUT_WR = 1;
    private static final int BACKLOG = 16;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;

    /// `int listen(int sockfd, int backlog);`
    private static final MethodHandle LISTEN = handle("listen", INT, INT);
    /// `int connect(int sockfd, const struct sockaddr *addr, socklen_t addrlen);`
    private static final MethodHandle CONNECT = handle("connect", INT, POINTER, INT);
    /// `int accept4(int sockfd, struct sockaddr *addr, socklen_t *addrlen, int flags);`
    private static final MethodHandle ACCEPT = handle("accept4", INT, POINTER, POINTER, INT);
    /// `int getsockname(int sockfd, struct sockaddr *addr, socklen_t *addrlen);`
    private static final MethodHandle GETSOCKNAME = handle("getsockname", INT, POINTER, POINTER);
    /// `int shutdown(int sockfd, int how);`
    private static final MethodHandle SHUTDOWN = handle("shutdown", INT, INT);

    private final int fd;

    private NativeSocket(int fd) {
        this.fd = fd;
    }

    public static NativeSocket tcp() {
        return open(IPPROTO_TCP);
    }

    /// Whether this kernel has MPTCP and allows it.
    public static boolean hasMptcp() {
        try {
            Libc.close(Libc.socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
            return true;
        } catch (ErrnoException _) {
            return false;
        }
    }

    public static NativeSocket mptcp() {
        return open(IPPROTO_MPTCP);
    }

    private static NativeSocket open(int protocol) {
        try {
            return new NativeSocket(Libc.socket(AF_INET, SOCK_STREAM | Libc.SOCK_CLOEXEC, protocol));
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /// TCP_DEFER_ACCEPT of tcp(7): for so long, connections stay in SYN_RECV until their client sends something.
    public NativeSocket deferringAccept(int seconds) {
        try {
            Libc.setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, seconds);
            return this;
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Listens on a free port.
    public NativeSocket listening() {
        NativeBuffer address = new NativeBuffer(ADDRESS_LENGTH);
        address.bytes().putShort(0, (short) AF_INET).put(4, LOOPBACK);
        try {
            Libc.bind(fd, address, ADDRESS_LENGTH);
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
        var _ = check("listen", () -> (int) LISTEN.invokeExact(fd, BACKLOG));
        return this;
    }

    public NativeSocket connect(int port) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_LENGTH);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
            address.asByteBuffer().putShort(2, (short) port).put(4, LOOPBACK);
            var _ = check("connect", () -> (int) CONNECT.invokeExact(fd, address, ADDRESS_LENGTH));
        }
        return this;
    }

    public NativeSocket accept() {
        return new NativeSocket(check("accept", () ->
                (int) ACCEPT.invokeExact(fd, MemorySegment.NULL, MemorySegment.NULL, Libc.SOCK_CLOEXEC)));
    }

    public void send(String text) {
        NativeBuffer bytes = new NativeBuffer(text.length() + 1);
        int length = bytes.putCString(0, text) - 1;
        try {
            var _ = Libc.send(fd, bytes, length, 0);
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for bytes.
    public String receive() {
        NativeBuffer bytes = new NativeBuffer(1 << 10);
        try {
            byte[] received = new byte[Libc.recv(fd, bytes, 0)];
            var _ = bytes.bytes().get(0, received);
            return new String(received, StandardCharsets.UTF_8);
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    public void shutdownOutput() {
        var _ = check("shutdown", () -> (int) SHUTDOWN.invokeExact(fd, SHUT_WR));
    }

    public int port() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_LENGTH);
            MemorySegment length = arena.allocateFrom(INT, ADDRESS_LENGTH);
            var _ = check("getsockname", () -> (int) GETSOCKNAME.invokeExact(fd, address, length));
            return Short.toUnsignedInt(address.asByteBuffer().getShort(2));
        }
    }

    /// Its inode, as in `socket:[N]`.
    public long inode() {
        Statx statx = new Statx();
        try {
            Libc.statx("/proc/self/fd/" + fd, 0, Libc.STATX_INO, statx);
            return statx.inode();
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }

    private static MethodHandle handle(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(symbol, FunctionDescriptor.of(INT, arguments));
    }

    private static int check(String call, Call made) {
        try {
            int result = made.make();
            if (result >= 0) {
                return result;
            }
        } catch (Throwable t) {
            throw new IllegalStateException(call, t);
        }
        throw new IllegalStateException(call + " failed");
    }

    private interface Call {
        int make() throws Throwable;
    }
}
