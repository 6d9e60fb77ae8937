package io.fdsentry.web;

import static io.fdsentry.web.Access.MONITOR;
import static io.fdsentry.web.Access.PROBE;
import static io.fdsentry.web.Route.Weight.LIGHT;

import io.fdsentry.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/-/...`, as Prometheus and its exporters have them.
///
/// Healthy and ready from the first moment a request is answered, whatever becomes of the targets: as a sidecar,
/// fdsentry must never make its pod unready for the fault of the process it watches. A stalled sampler is told in
/// metrics.
final class Lifecycle {
    private final Supplier<Config.Web> config;
    private final Supplier<List<String>> reload;

    /// @param reload loads the configuration anew and says what is wrong with it, nothing when it is in force
    Lifecycle(Supplier<Config.Web> config, Supplier<List<String>> reload) {
        this.config = config;
        this.reload = reload;
    }

    /// What a path under `/-/` answers; null where nothing does.
    @Nullable
    Route route(String path) {
        return switch (path) {
            case "/-/healthy" -> Route.get(PROBE, LIGHT, exchange -> exchange.text(200, "fdsentry is healthy."));
            case "/-/ready" -> Route.get(PROBE, LIGHT, exchange -> exchange.text(200, "fdsentry is ready."));
            case "/-/reload" -> new Route("POST", MONITOR, LIGHT, this::reload);
            default -> null;
        };
    }

    private void reload(Exchange exchange) throws IOException {
        if (!config.get().lifecycle()) {
            exchange.text(403, "reloading by HTTP is switched off: set web.lifecycle: true, or send SIGHUP");
            return;
        }
        if (isOfAnotherSite(exchange)) {
            exchange.text(403, "a page of another site may not reload fdsentry");
            return;
        }
        List<String> problems = reload.get();
        if (problems.isEmpty()) {
            exchange.text(200, "reloaded");
        } else {
            exchange.text(
                    500, "the configuration in force stays: the new one has problems\n" + String.join("\n", problems));
        }
    }

    /// A browser sends `Origin` with every POST: that of the page it is from.
    private static boolean isOfAnotherSite(Exchange exchange) {
        String origin = exchange.header("Origin");
        if (origin == null) {
            return false;
        }
        try {
            return !Objects.equals(new URI(origin).getRawAuthority(), exchange.header("Host"));
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
