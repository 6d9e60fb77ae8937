package io.fdsentry.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fdsentry.config.Config;
import io.fdsentry.config.WebConfig;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every request comes through here: exact paths, the right method, those who may, and few heavy answers at a time.
final class Router implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final int ANSWERS = 8;
    private static final int ANSWERS_OF_ONE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Supplier<Config.Web> config;
    private final Supplier<WebConfig> security;
    private final HttpHandler metrics;
    private final Api api;
    private final Lifecycle lifecycle;
    private final Page page = new Page();
    private final Guard guard = new Guard();
    private final Gate gate = new Gate(ANSWERS, ANSWERS_OF_ONE, PATIENCE);

    Router(WebServer.Sources sources) {
        this.config = sources.config();
        this.security = sources.security();
        this.metrics = sources.metrics();
        this.api = new Api(sources.board(), sources.history(), sources.evidence());
        this.lifecycle = new Lifecycle(sources.config(), sources.reload());
    }

    @Override
    public void handle(HttpExchange http) {
        try (http) {
            answer(new Exchange(http));
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.toString()).log("a client went away");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a request failed");
        }
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
        HEADERS.forEach(exchange.answerHeaders()::set);
        WebConfig secured = security.get();
        secured.headers().forEach(exchange.answerHeaders()::set);
        if (exchange.targetLength() > Bounds.URI_LENGTH) {
            exchange.text(414, "too long");
            return;
        }
        Route route = route(exchange.path());
        if (route == null) {
            exchange.text(404, "not found");
        } else if (!route.allows(exchange.method())) {
            exchange.answerHeaders().set("Allow", route.allowed());
            exchange.text(405, "method not allowed");
        } else {
            Guard.Refusal refusal =
                    guard.check(exchange, route.access(), config.get().ui(), secured);
            if (refusal == null) {
                pass(exchange, route);
            } else {
                exchange.text(refusal.status(), refusal.words());
            }
        }
    }

    private void pass(Exchange exchange, Route route) throws IOException, InterruptedException {
        switch (route.weight()) {
            case LIGHT -> route.handler().answer(exchange);
            case HEAVY -> {
                try (Gate.Place place = gate.enter(exchange.client())) {
                    if (place == null) {
                        exchange.answerHeaders().set("Retry-After", "1");
                        exchange.text(503, "too many requests at a time");
                    } else {
                        route.handler().answer(exchange);
                    }
                }
            }
        }
    }

    private @Nullable Route route(String path) {
        if (path.equals("/metrics")) {
            return Route.get(Access.MONITOR, Route.Weight.HEAVY, this::scrape);
        }
        if (path.startsWith("/-/")) {
            return lifecycle.route(path);
        }
        Route file = page.route(path);
        return file == null && path.startsWith("/api/") ? api.route(path) : file;
    }

    private void scrape(Exchange exchange) throws IOException, InterruptedException {
        if (isWellFormed(exchange.query())) {
            exchange.leaveTo(metrics);
        } else {
            exchange.text(400, "the query is not well formed");
        }
    }

    private static boolean isWellFormed(String query) {
        try {
            URLDecoder.decode(query, StandardCharsets.UTF_8);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
