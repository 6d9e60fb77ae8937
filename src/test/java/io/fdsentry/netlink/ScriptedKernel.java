package io.fdsentry.netlink;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The other end of a sock_diag socket, for what a real kernel cannot be made to do: it answers each request
/// with the next reply of a script. A pair of unix(7) sockets keeps datagrams apart as netlink does.
final class ScriptedKernel implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int PORT = 42;

    private final int[] fds = pair();
    private final SockDiag diag = new SockDiag(fds[0], PORT, 256);
    private final Thread thread;
    private final List<Integer> sequences = new CopyOnWriteArrayList<>();

    /// @param silence after which the socket gives up waiting
    /// @param replies one for each request, each a number of datagrams; a header written for [Reply#SEQUENCE] and
    /// [Reply#PORT] gets the numbers of the request
    ScriptedKernel(Duration silence, List<List<Reply>> replies) throws ErrnoException {
        Libc.receiveTimeout(fds[0], silence);
        thread = Thread.ofPlatform().daemon().start(() -> answer(replies));
    }

    SockDiag diag() {
        return diag;
    }

    /// The numbers of the requests that came.
    List<Integer> sequences() {
        return sequences;
    }

    private void answer(List<List<Reply>> replies) {
        NativeBuffer buffer = new NativeBuffer(1 << 16);
        try {
            for (List<Reply> reply : replies) {
                var _ = Libc.recv(fds[1], buffer, 0);
                int sequence = buffer.bytes().getInt(Nlmsg.SEQUENCE);
                sequences.add(sequence);
                for (Reply datagram : reply) {
                    send(buffer, datagram.addressed(sequence, PORT));
                }
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(NativeBuffer buffer, byte[] datagram) throws ErrnoException {
        buffer.bytes().put(0, datagram);
        var _ = Libc.send(fds[1], buffer, datagram.length, 0);
    }

    private static int[] pair() {
        try (Arena arena = Arena.ofConfined()) {
            // int socketpair(int domain, int type, int protocol, int sv[2]);
            Linker linker = Linker.nativeLinker();
            ValueLayout.OfInt number = ValueLayout.JAVA_INT;
            MethodHandle socketpair = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("socketpair"),
                    FunctionDescriptor.of(number, number, number, number, ValueLayout.ADDRESS));
            MemorySegment sockets = arena.allocate(number, 2);
            if ((int) socketpair.invokeExact(AF_UNIX, SOCK_SEQPACKET, 0, sockets) != 0) {
                throw new IllegalStateException("socketpair failed");
            }
            return sockets.toArray(number);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /// Lets the script end, then closes both ends.
    @Override
    public void close() throws InterruptedException {
        thread.join(Duration.ofSeconds(10));
        diag.close();
        Libc.close(fds[1]);
    }
}
