package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Idle;
import io.fdsentry.model.NetnsSample;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import io.fdsentry.testing.TcpStatesProcess;
import io.fdsentry.testing.TestNetns;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes whose descriptors the test made: every one is found, in its kind and state.
@Tag("real")
class KnownProcessesTest {
    private static final String[] EVERY_STATE = {
        "v4",
        "established=3",
        "syn_sent=1",
        "fin_wait1=1",
        "fin_wait2=2",
        "close_wait=4",
        "closing=1",
        "last_ack=1",
        "listen=2",
        "closed=2",
        "bound=1"
    };

    @Test
    void everyTcpStateIsSeenHereAndInAnotherNamespace() {
        Needs.root();
        try (TestNetns there = TestNetns.create();
                TcpStatesProcess here = TcpStatesProcess.start(List.of(), EVERY_STATE);
                TcpStatesProcess away = TcpStatesProcess.start(there.wrapper(), EVERY_STATE);
                Watching watching = Watching.pids(here.pid(), away.pid())) {
            Snapshot snapshot = watching.settled();
            assertEquals(here.descriptors(), sockets(snapshot, here.pid()).tcp());
            assertEquals(away.descriptors(), sockets(snapshot, away.pid()).tcp());
            assertTrue(Watching.of(snapshot, away.pid()).idle().isSeen(), "byte times in another namespace");
            assertEquals(
                    2,
                    snapshot.namespaces().stream()
                            .map(NetnsSample::netns)
                            .distinct()
                            .count());
        }
    }

    @Test
    void aGoServersSocketsAreTcpWhateverProtocolItListensWith(@TempDir Path directory) throws Exception {
        Process server =
                new ProcessBuilder(GoProgram.build("listener", directory).toString()).start();
        try (Watching watching = Watching.pids(server.pid());
                Python client = Python.start()) {
            int port = Integer.parseInt(server.inputReader().readLine());
            client.run("hold.append(socket.create_connection(('127.0.0.1', %d)))".formatted(port));
            Await.until("one accepted connection", () -> {
                Counts<TcpState> tcp = sockets(watching.round(), server.pid()).tcp();
                return tcp.get(TcpState.LISTEN) == 1 && tcp.get(TcpState.ESTABLISHED) == 1 && tcp.total() == 2;
            });
            client.run("hold.pop().close()");
            Await.until(
                    "the client has closed",
                    () -> sockets(watching.round(), server.pid()).tcp().get(TcpState.CLOSE_WAIT) == 1);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSocketMadeInAnotherNamespaceIsFoundThere() throws Exception {
        Needs.root();
        long self = ProcessHandle.current().pid();
        try (TestNetns there = TestNetns.create();
                TcpStatesProcess away = TcpStatesProcess.start(there.wrapper(), "v4");
                Watching watching = Watching.pids(self, away.pid())) {
            int before = sockets(watching.settled(), self).tcp().get(TcpState.LISTEN);
            try (var listener = there.inside(() -> new ServerSocket(0))) {
                assertTrue(listener.isBound());
                assertEquals(before + 1, sockets(watching.settled(), self).tcp().get(TcpState.LISTEN));
            }
        }
    }

    @Test
    void otherFamiliesAndKindsAreCounted() {
        try (Python python = Python.start();
                Watching watching = Watching.pids(python.pid())) {
            Sockets none = sockets(watching.settled(), python.pid());
            assertEquals(0, none.protocols().total());
            python.run("hold += list(socket.socketpair())");
            python.run("hold.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))");
            python.run("hold.append(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))");
            python.run("hold.append(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)) or hold[-1].bind(('::1', 0))");
            python.run("hold.append(socket.socket())");
            python.run("hold.append(os.dup(hold[0].fileno()))");
            Sockets sockets = sockets(watching.settled(), python.pid());
            assertEquals(3, sockets.protocols().get(Protocol.UNIX), "a pair and a dup of one end");
            assertEquals(2, sockets.protocols().get(Protocol.UDP));
            assertEquals(1, sockets.protocols().get(Protocol.NETLINK));
            assertEquals(1, sockets.protocols().get(Protocol.TCP));
            assertEquals(1, sockets.tcp().get(TcpState.CLOSED));
            python.run("hold.append(select.epoll())");
            python.run("hold.append(os.open('/tmp', os.O_RDONLY))");
            python.run("hold += list(os.pipe())");
            FdKinds kinds =
                    Seen.of(Watching.of(watching.settled(), python.pid()).fdKinds());
            assertEquals(1, kinds.kinds().get(FdKind.EVENTPOLL));
            assertEquals(1, kinds.kinds().get(FdKind.DIRECTORY));
            assertEquals(7, kinds.kinds().get(FdKind.SOCKET));
        }
    }

    @Test
    void idleTimesAreTheKernels() {
        try (Python python = Python.start();
                Watching watching = Watching.with("detection: {time_scale: 600, idle_after: 10m}", python.pid())) {
            python.run("hold.append(socket.socket()) or hold[0].bind(('127.0.0.1', 0)) or hold[0].listen()");
            python.run(
                    "hold.append(socket.create_connection(hold[0].getsockname())) or hold.append(hold[0].accept()[0])");
            // An hour at this scale is six seconds, ten minutes one: both ends become idle, and no timer watches them.
            Idle idle = Await.value(
                    "idle ends",
                    () -> Seen.of(Watching.of(watching.round(), python.pid()).idle()),
                    seen -> seen.halfOpen() == 2);
            assertEquals(0, idle.idle());
            assertEquals(2, idle.atLeast().get(Age.M10));
            assertEquals(2, sockets(watching.round(), python.pid()).withoutKeepalive());
            python.run("hold[1].send(b'x') and hold[2].recv(1)");
            Await.until(
                    "a byte moved",
                    () -> Seen.of(Watching.of(watching.round(), python.pid()).idle())
                                    .halfOpen()
                            == 0);
        }
    }

    @Test
    void aProcessMayHoldAsManyAsItsLimitAllows() {
        try (Python python = Python.start();
                Watching watching = Watching.pids(python.pid())) {
            int many = python.number("len([hold.append(os.dup(0)) for _ in range("
                    + "min(__import__('resource').getrlimit(7)[0], 20000) - 50)])");
            python.run("hold.append(socket.socket(socket.AF_UNIX))");
            ProcessSample process = Watching.of(watching.round(), python.pid());
            assertEquals(many + 4, Seen.of(process.openFds()));
            assertEquals(1, Seen.of(process.fdKinds()).kinds().get(FdKind.SOCKET));
            FdLimits limits = Seen.of(process.limits());
            assertEquals(python.number("__import__('resource').getrlimit(7)[0]"), limits.soft());
        }
    }

    private static Sockets sockets(Snapshot snapshot, long pid) {
        return Seen.of(Watching.of(snapshot, pid).sockets());
    }
}
