package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import io.fdsentry.testing.TestNetns;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sockets made in another network namespace and handed over, as mesh proxies have them.
@Tag("real")
class ForeignSocketsTest {
    @Test
    void theyAreFoundInANamespaceWhereNothingWatchedLives(@TempDir Path directory) {
        Needs.root();
        try (TestNetns there = TestNetns.create();
                Python maker = Python.start(there.wrapper().toArray(String[]::new));
                Python holder = Python.start();
                Watching watching = Watching.pids(holder.pid())) {
            watching.settled();
            maker.run("s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()");
            maker.run("c = socket.create_connection(s.getsockname()); a = s.accept()[0]");
            handOver(maker, holder, directory.resolve("door"));
            // The search waits until the next time it is due.
            Sockets sockets = Await.value(
                    "both found",
                    () -> Seen.of(Watching.of(watching.round(), holder.pid()).sockets()),
                    seen -> seen.tcp().get(TcpState.LISTEN) == 1 && seen.tcp().get(TcpState.ESTABLISHED) == 1);
            assertEquals(0, sockets.tcp().get(TcpState.CLOSED));
            maker.run("a.close()");
            Await.until(
                    "its state is followed",
                    () -> Seen.of(Watching.of(watching.round(), holder.pid()).sockets())
                                    .tcp()
                                    .get(TcpState.CLOSE_WAIT)
                            == 1);
            assertEquals(2, watching.round().namespaces().size());
            holder.run("hold.clear()");
            watching.settled();
            assertEquals(1, watching.round().namespaces().size(), "nothing has to do with the other any more");
        }
    }

    private static void handOver(Python from, Python to, Path door) {
        to.run("d = socket.socket(socket.AF_UNIX); d.bind('" + door + "'); d.listen()");
        from.run("d = socket.socket(socket.AF_UNIX); d.connect('" + door + "')");
        from.run("socket.send_fds(d, [b'x'], [s.fileno(), c.fileno()])");
        to.run("e = d.accept()[0]; hold += [socket.socket(fileno=f) for f in socket.recv_fds(e, 1, 2)[1]]");
        to.run("e.close(); d.close()");
        from.run("s.close(); c.close(); d.close()");
    }
}
