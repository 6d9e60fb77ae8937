package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.Answer;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.TestNetns;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real processes that listen, share, hand over and stop listening.
@Tag("real")
class ListenersTest {
    private static final ProcFs PROC = new ProcFs(Path.of("/proc"));
    private static final String LISTEN = "hold.append(socket.create_server(('127.0.0.1', 0)))";

    private final Listeners listeners = new Listeners(PROC, new FdDirectory(PROC));

    @AfterEach
    void close() {
        listeners.close();
    }

    @Test
    void aProcessListensFromThenOn() {
        try (Python server = Python.start();
                Python other = Python.start()) {
            server.run("s = socket.socket(); s.bind(('127.0.0.1', 0))");
            int port = server.number("s.getsockname()[1]");
            assertEquals(Answer.NO, listens(server, port), "bound only");

            server.run("s.listen()");

            assertEquals(Answer.YES, listens(server, port));
            assertEquals(Answer.NO, listens(other, port));
            server.run("s.close()");
            assertEquals(Answer.NO, listens(server, port));
        }
    }

    @Test
    void connectionsOfThePortDoNotListen() {
        try (Python server = Python.start();
                Python client = Python.start()) {
            server.run(LISTEN);
            int port = server.number("hold[0].getsockname()[1]");

            client.run("hold.append(socket.create_connection(('127.0.0.1', %d)))".formatted(port));

            assertEquals(Answer.NO, listens(client, port));
            assertEquals(Answer.NO, listens(client, client.number("hold[0].getsockname()[1]")));
        }
    }

    @Test
    void workersShareTheSocketOfTheirMaster() {
        try (Python server = Python.start()) {
            server.run(LISTEN);
            int port = server.number("hold[0].getsockname()[1]");
            int worker = server.number("os.fork() or time.sleep(1000)");

            assertEquals(Answer.YES, listens(server.pid(), port));
            assertEquals(Answer.YES, listens(worker, port));
            server.run("os.kill(%d, 9)".formatted(worker));
        }
    }

    @Test
    void theNextListenerOnThePortIsFoundToo() {
        try (Python first = Python.start();
                Python second = Python.start()) {
            first.run(LISTEN);
            int port = first.number("hold[0].getsockname()[1]");
            assertEquals(Answer.YES, listens(first, port));
            assertEquals(Answer.NO, listens(second, port));

            first.run("hold.clear()");
            second.run("hold.append(socket.create_server(('127.0.0.1', %d)))".formatted(port));

            assertEquals(Answer.NO, listens(first, port));
            assertEquals(Answer.YES, listens(second, port));
        }
    }

    @Test
    void portsOfAnotherNamespaceAreThatNamespacesOwn() {
        try (TestNetns netns = TestNetns.create();
                Python inside = Python.start(netns.wrapper().toArray(String[]::new));
                Python outside = Python.start()) {
            inside.run(LISTEN);
            int port = inside.number("hold[0].getsockname()[1]");

            assertEquals(Answer.YES, listens(inside, port));
            assertEquals(Answer.NO, listens(outside, port));
        }
    }

    @Test
    void anMptcpListenerIsFoundByItsOwnersDescriptor() {
        try (Python server = Python.start()) {
            server.run("hold.append(socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)); "
                    + "hold[0].bind(('127.0.0.1', 0)); hold[0].listen()");

            assertEquals(Answer.YES, listens(server, server.number("hold[0].getsockname()[1]")));
        }
    }

    @Test
    void aProcessThatIsGoneListensNoMore() {
        int pid;
        int port;
        try (Python server = Python.start()) {
            server.run(LISTEN);
            pid = server.pid();
            port = server.number("hold[0].getsockname()[1]");
            assertEquals(Answer.YES, listens(pid, port));
        }
        assertEquals(Answer.NO, listens(pid, port));
    }

    private Answer listens(Python process, int port) {
        return listens(process.pid(), port);
    }

    private Answer listens(int pid, int port) {
        listeners.begin();
        return listeners.listens(new ProcessId(pid, 1), port);
    }
}
