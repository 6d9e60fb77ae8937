package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Protocol;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class FdRereadTest {
    private final ProcFs procfs = new ProcFs(Path.of("/proc"));
    private final FdDirectory directory = new FdDirectory(procfs);
    private final FdListing fds = new FdListing();
    private final Python python = Python.start();
    private final int pid = python.pid();

    @AfterEach
    void end() {
        python.close();
    }

    @Test
    void onlyWhatIsNotTrustedIsReadAgain() {
        int file = python.number("os.open('/etc/passwd', 0)");
        int socket = python.number("hold.append(socket.socket()) or hold[0].fileno()");
        Seen.of(directory.list(pid, fds));
        int size = fds.size();
        python.run("os.dup2(0, " + file + "); hold[0].close(); os.dup2(0, " + socket + ")");
        reread((kind, _) -> kind == FdKind.SOCKET);
        assertEquals(FdKind.PIPE, kind(file));
        assertEquals(FdKind.SOCKET, kind(socket), "trusted");
        reread((_, _) -> false);
        assertEquals(FdKind.PIPE, kind(socket));
        assertEquals(size, fds.size());
        assertEquals(size, fds.kinds().kinds().total());
    }

    @Test
    void closedOnesFallOutAndNewOnesAreNotFound() {
        int file = python.number("os.open('/etc/passwd', 0)");
        Seen.of(directory.list(pid, fds));
        int size = fds.size();
        python.run("os.close(" + file + "); os.dup2(0, 900); os.dup2(0, 901)");
        reread((_, _) -> false);
        assertEquals(size - 1, fds.size());
        Seen.of(directory.relist(pid, fds, (_, _) -> false));
        assertEquals(size + 1, fds.size());
        fds.retain(i -> fds.fd(i) < 900);
        assertEquals(size - 1, fds.size());
        assertEquals(size - 1, fds.kinds().kinds().total());
    }

    @Test
    void aFileIsSeenToBeDeletedAndStaysSoWhenTrusted() {
        python.run("import tempfile; hold.append(tempfile.NamedTemporaryFile(delete=False))");
        Seen.of(directory.list(pid, fds));
        assertEquals(0, fds.deleted());
        python.run("os.unlink(hold[0].name)");
        reread((kind, _) -> kind == FdKind.REGULAR);
        assertEquals(0, fds.deleted());
        reread((kind, _) -> kind != FdKind.REGULAR);
        assertEquals(1, fds.deleted());
        reread((_, _) -> true);
        assertEquals(1, fds.deleted());
        fds.retain(_ -> true);
        assertEquals(1, fds.deleted());
        assertEquals(1, fds.kinds().kinds().get(FdKind.REGULAR));
    }

    @Test
    void aProcessThatIsGoneIsGone() {
        Seen.of(directory.list(pid, fds));
        python.close();
        assertInstanceOf(Outcome.Gone.class, directory.reread(pid, fds, (_, _) -> false));
    }

    @Test
    void everySocketNamesItsProtocol() {
        assertEquals(Protocol.TCP, protocol("socket.socket()"));
        assertEquals(Protocol.TCP, protocol("socket.socket(socket.AF_INET6)"));
        assertEquals(Protocol.UDP, protocol("socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)"));
        assertEquals(Protocol.UNIX, protocol("socket.socket(socket.AF_UNIX)"));
        assertEquals(Protocol.UNIX, protocol("socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)"));
        assertEquals(Protocol.NETLINK, protocol("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"));
        SocketProtocol protocols = new SocketProtocol(procfs);
        assertInstanceOf(Outcome.Unsupported.class, protocols.read(pid, python.number("os.open('/etc/passwd', 0)")));
        assertInstanceOf(Outcome.Gone.class, protocols.read(pid, 999));
    }

    @Test
    void namesOfEveryProtocolAreKnown() {
        assertEquals(Protocol.TCP, SocketProtocol.parse("MPTCP\0".getBytes()));
        assertEquals(Protocol.TCP, SocketProtocol.parse("MPTCPv6\0".getBytes()));
        assertEquals(Protocol.RAW, SocketProtocol.parse("RAWv6\0".getBytes()));
        assertEquals(Protocol.PACKET, SocketProtocol.parse("PACKET\0".getBytes()));
        assertEquals(Protocol.OTHER, SocketProtocol.parse("AF_VSOCK\0".getBytes()));
        assertEquals(Protocol.OTHER, SocketProtocol.parse("\0".getBytes()));
    }

    private Protocol protocol(String socket) {
        int fd = python.number("hold.append(" + socket + ") or hold[-1].fileno()");
        return Seen.of(new SocketProtocol(procfs).read(pid, fd));
    }

    private void reread(FdPredicate trusted) {
        Seen.of(directory.reread(pid, fds, trusted));
    }

    private FdKind kind(int fd) {
        return fds.kind(fds.indexFrom(0, fd));
    }
}
