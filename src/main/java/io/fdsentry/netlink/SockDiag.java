package io.fdsentry.netlink;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.Outcome;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// An open sock_diag(7) socket: it sees the sockets of the network namespace it was opened in, needs no
/// privilege, and pins that namespace until it is closed. For one thread at a time. No call on it waits for
/// ever.
public final class SockDiag implements AutoCloseable {
    private static final int NETLINK_SOCK_DIAG = 4;
    /// The kernel sends no longer datagrams in a dump.
    private static final int INITIAL_BUFFER = 32 << 10;

    private static final int LARGEST_BUFFER = 4 << 20;
    private static final int ATTEMPTS = 4;
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final int fd;
    private final int port;
    private final NativeBuffer request = new NativeBuffer(DiagRequest.CAPACITY);
    private NativeBuffer reply;
    private byte[] bytes;
    private int sequence = ThreadLocalRandom.current().nextInt();
    private boolean open = true;
    private boolean leftovers;

    /// @param port the number messages to this socket carry
    /// @param buffer bytes of the first buffer for replies; it grows where that is too small
    SockDiag(int fd, int port, int buffer) {
        this.fd = fd;
        this.port = port;
        reply = new NativeBuffer(buffer);
        bytes = new byte[buffer];
    }

    /// Opens one in the network namespace of the calling thread.
    ///
    /// @return Unsupported or Denied where the kernel, a sandbox or a seccomp filter offers no such socket;
    /// then there are still the text tables of `/proc/PID/net`
    public static Outcome<SockDiag> open() {
        return open(INITIAL_BUFFER);
    }

    /// @param buffer bytes of the first buffer for replies; it grows where that is too small
    static Outcome<SockDiag> open(int buffer) {
        String unavailable = Libc.unavailable();
        if (unavailable != null) {
            return Outcome.unsupported(unavailable);
        }
        try {
            return bound(Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, NETLINK_SOCK_DIAG), buffer);
        } catch (ErrnoException e) {
            return Pass.refusal("opening a sock_diag socket", e.errno());
        }
    }

    private static Outcome<SockDiag> bound(int fd, int buffer) {
        try {
            Libc.receiveTimeout(fd, SILENCE);
            int port = ThreadLocalRandom.current().nextInt(Integer.MIN_VALUE, 0);
            NativeBuffer address = new NativeBuffer(Nlmsg.ADDRESS_LENGTH);
            address.bytes().putShort(0, (short) Libc.AF_NETLINK).putInt(Nlmsg.ADDRESS_PORT, port);
            Libc.bind(fd, address, Nlmsg.ADDRESS_LENGTH);
            return Outcome.seen(new SockDiag(fd, port, buffer));
        } catch (ErrnoException e) {
            Libc.close(fd);
            return Pass.refusal("binding a sock_diag socket", e.errno());
        }
    }

    /// Hands every socket of a table to the sink. What the sink was told counts only if this comes to Seen.
    ///
    /// @return Unsupported where the kernel does not have this protocol
    /// @throws IllegalStateException once it is closed
    public Outcome<Dump> dump(SocketTable table, Detail detail, SocketSink sink) {
        if (!open) {
            throw new IllegalStateException("this sock_diag socket is closed");
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Pass pass = attempt(table, detail, sink, deadline);
        for (int i = 1; i < ATTEMPTS && pass.isWorthAnother(); i++) {
            pass = attempt(table, detail, sink, deadline);
        }
        return pass.outcome(table);
    }

    private Pass attempt(SocketTable table, Detail detail, SocketSink sink, long deadline) {
        sink.begin();
        DumpReader reader = new DumpReader(table, sink, port);
        Pass pass = new Pass.Complete(0);
        for (int part = 0; part < DiagRequest.parts(table) && pass.reachedEnd(); part++) {
            Pass next = ask(reader, table, part, detail, deadline);
            // A kernel without IPv6 still has the IPv4 half of a table.
            pass = part > 0 && next.isUnsupported() ? pass : next;
        }
        return pass;
    }

    private Pass ask(DumpReader reader, SocketTable table, int part, Detail detail, long deadline) {
        try {
            drain(deadline);
            sequence++;
            reader.expect(sequence);
            int length = DiagRequest.write(request.bytes(), table, part, detail, sequence, port);
            leftovers = true;
            Libc.send(fd, request, length, 0);
            return receive(reader, deadline);
        } catch (ErrnoException e) {
            return e.errno() == Errno.EAGAIN
                    ? new Pass.Defective("nothing for " + SILENCE.toSeconds() + " s")
                    : Pass.refused(e.errno());
        }
    }

    private Pass receive(DumpReader reader, long deadline) throws ErrnoException {
        DumpReader.Step step = DumpReader.Step.MORE;
        while (step == DumpReader.Step.MORE) {
            int length = Libc.recv(fd, reply, Libc.MSG_TRUNC);
            if (length > reply.capacity()) {
                return grow(length);
            }
            var _ = reply.bytes().get(0, bytes, 0, length);
            step = reader.read(bytes, length);
            if (step == DumpReader.Step.MORE && System.nanoTime() > deadline) {
                return new Pass.Defective("no end within " + LONGEST.toSeconds() + " s");
            }
        }
        leftovers = step == DumpReader.Step.DEFECTIVE;
        return reader.pass(step);
    }

    private Pass grow(int length) {
        if (length > LARGEST_BUFFER) {
            return new Pass.Defective("a datagram of " + length + " bytes");
        }
        reply = new NativeBuffer(length + INITIAL_BUFFER);
        bytes = new byte[length + INITIAL_BUFFER];
        return new Pass.Disturbed("a datagram longer than the buffer");
    }

    /// Takes what is left of a reply that was given up; while the kernel still writes one, it refuses the next
    /// request.
    private void drain(long deadline) throws ErrnoException {
        while (leftovers && System.nanoTime() < deadline) {
            try {
                var _ = Libc.recv(fd, reply, Libc.MSG_TRUNC | Libc.MSG_DONTWAIT);
            } catch (ErrnoException e) {
                switch (e.errno()) {
                    case Errno.EAGAIN -> leftovers = false;
                    case Errno.ENOBUFS -> {}
                    default -> throw e;
                }
            }
        }
    }

    /// Closes it, and with it the hold on its network namespace.
    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.close(fd);
        }
    }
}
