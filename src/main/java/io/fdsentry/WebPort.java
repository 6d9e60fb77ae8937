package io.fdsentry;

import io.fdsentry.web.WebServer;
import java.io.IOException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port of the HTTP server, which may not be free when it is wanted.
final class WebPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebPort.class);

    private final ListenAddress address;
    private final WebSecurity security;
    private final WebServer.Sources sources;
    private final Failures failures = new Failures("opening the web port", LOG);
    private @Nullable WebServer server;
    private boolean closed;

    WebPort(ListenAddress address, WebSecurity security, WebServer.Sources sources) {
        this.address = address;
        this.security = security;
        this.sources = sources;
    }

    /// Opens the port.
    ///
    /// @throws IOException in words for a person
    synchronized void open() throws IOException {
        if (server != null || closed || security.inForce() == null) {
            return;
        }
        try {
            server = WebServer.start(address.resolve(), sources);
        } catch (UnknownHostException e) {
            throw new IOException("cannot listen on " + address + ": unknown host", e);
        }
        failures.succeeded();
        LOG.atInfo()
                .addKeyValue("address", server.address().getAddress().getHostAddress())
                .addKeyValue("port", server.address().getPort())
                .log("listening");
    }

    /// Opens the port if it is not open; one that cannot be is told once.
    void tryAgain() {
        try {
            open();
        } catch (IOException e) {
            failures.failed(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.close();
        }
    }
}
