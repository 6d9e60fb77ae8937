package io.fdsentry.web;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.fdsentry.config.Config;
import io.fdsentry.config.WebConfig;
import io.fdsentry.model.Board;
import io.fdsentry.web.history.History;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The daemon's HTTP server. It keeps the JVM alive, when it is started from a thread that does.
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService requests;

    /// What the server is asked for, and what it asks.
    ///
    /// @param board the last round, null before the first
    /// @param metrics answers with the exposition of the last round
    /// @param history what the page draws over time
    /// @param evidence what is kept
    /// @param config the configuration in force
    /// @param security the file of `--web.config.file`, as it is now; TLS is switched on or off at start only
    /// @param reload loads the configuration anew and says what is wrong with it, nothing when it is in force
    public record Sources(
            Supplier<@Nullable Board> board,
            HttpHandler metrics,
            History history,
            Evidence evidence,
            Supplier<Config.Web> config,
            Supplier<WebConfig> security,
            Supplier<List<String>> reload) {}

    private WebServer(HttpServer server, ExecutorService requests) {
        this.server = server;
        this.requests = requests;
    }

    /// Listens, and answers from now on.
    ///
    /// @param address port 0 takes any that is free
    /// @throws IOException in words for a person: the address is taken or is not one of this machine's, or a
    ///     certificate cannot be read
    public static WebServer start(InetSocketAddress address, Sources sources) throws IOException {
        Bounds.set();
        HttpServer server = listen(address, sources.security().get());
        ExecutorService requests = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(requests);
        server.createContext("/", new Router(sources));
        server.start();
        return new WebServer(server, requests);
    }

    private static HttpServer listen(InetSocketAddress address, WebConfig security) throws IOException {
        WebConfig.Tls tls = security.tls();
        try {
            if (tls == null) {
                return HttpServer.create(address, BACKLOG);
            }
            Tls configurator = Tls.of(tls);
            HttpsServer server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(configurator);
            return server;
        } catch (java.net.BindException e) {
            throw new IOException("cannot listen on %s: %s".formatted(text(address), e.getMessage()), e);
        }
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// Stops at once; answers that are being written break off.
    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress() != null && address.getAddress().isAnyLocalAddress()
                ? ":" + address.getPort()
                : address.getHostString() + ":" + address.getPort();
    }
}
