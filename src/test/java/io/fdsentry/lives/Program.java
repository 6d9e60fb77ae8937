package io.fdsentry.lives;

import io.fdsentry.testing.FarEnd;
import io.fdsentry.testing.Python;

/// A process under watch that opens, uses and forgets what it is told to. What it opens is in the list `hold`, oldest
/// first; other lists are made by naming them.
final class Program implements AutoCloseable {
    private static final String VERBS = """
            import random, resource, subprocess, threading
            hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            threading.stack_size(65536)
            def limit(most):
                resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, hard), min(most, hard)))
            def connect(port, host, keepalive):
                s = socket.create_connection((host, port))
                s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, keepalive)
                s.send(b'POST /beat HTTP/1.1\\r\\n\\r\\n')
                return s
            def use(some):
                for s in some: s.send(b'x')
            def shut(some, count):
                for s in some[:count]: s.close()
                del some[:count]
            """;
    /// As large as most machines allow, and far away.
    static final int FAR = 1 << 20;

    private final Python python;

    private Program(Python python) {
        this.python = python;
    }

    /// @param limit of its descriptors, or what the machine allows if that is less
    static Program withLimit(int limit) {
        Program program = new Program(Python.start());
        program.does(VERBS).does("limit(" + limit + ")");
        return program;
    }

    int pid() {
        return python.pid();
    }

    /// Runs Python.
    Program does(String code) {
        python.run(code);
        return this;
    }

    int number(String code) {
        return python.number(code);
    }

    /// Opens connections with keepalive, says something on each and holds them; the other end accepts.
    Program connects(FarEnd to, int count) {
        return connects(to, "hold", count);
    }

    /// @param list where they are kept
    Program connects(FarEnd to, String list, int count) {
        return connects(to, list, "127.0.0.1", count, 1);
    }

    /// @param host any loopback address
    /// @param keepalive 1 or 0
    Program connects(FarEnd to, String list, String host, int count, int keepalive) {
        does("%s = globals().get('%s', [])".formatted(list, list));
        does("%s += [connect(%d, '%s', %d) for _ in range(%d)]".formatted(list, to.port(), host, keepalive, count));
        to.accept(count);
        return this;
    }

    /// Listens on loopback.
    ///
    /// @return the port
    int listens() {
        return does("listener = socket.create_server(('127.0.0.1', 0), backlog=4096)")
                .number("listener.getsockname()[1]");
    }

    /// Accepts and holds connections that were made.
    Program accepts(int count) {
        return does("hold += [listener.accept()[0] for _ in range(" + count + ")]");
    }

    /// Has handlers that block for ever, each in a thread of its own; to be called once, before [#hangs].
    Program deadlocks() {
        return does("""
                lock = threading.Lock()
                lock.acquire()
                def serve(s):
                    s.recv(100)
                    lock.acquire()
                def hang(count):
                    for _ in range(count):
                        hold.append(listener.accept()[0])
                        threading.Thread(target=serve, args=(hold[-1],), daemon=True).start()
                """);
    }

    /// Accepts connections whose handlers never come back.
    Program hangs(int count) {
        return does("hang(" + count + ")");
    }

    /// Healthy work beside the leak: connections that come and go, of which some are in use.
    Program works(FarEnd with) {
        if (number("len(globals().get('work', []))") == 0) {
            return connects(with, "work", 50);
        }
        does("shut(work, 3); use(random.sample(work, 30))");
        connects(with, "work", 3);
        with.close(3);
        return this;
    }

    @Override
    public void close() {
        python.close();
    }
}
