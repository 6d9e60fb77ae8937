package io.fdsentry.web;

import io.fdsentry.config.Config.Ui;
import io.fdsentry.config.WebConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides who may see what.
///
/// Without authentication the page and the API answer clients on this machine only. On this machine is who comes
/// from `127.0.0.1` or `::1` itself: `kubectl port-forward` does; other addresses of 127/8 do not count, since a
/// mesh's sidecar proxy delivers strangers from there, and neither does who was passed on by a proxy that says
/// so. The browser of someone on this machine must have asked for this machine by name: a stranger's name that
/// resolves to 127.0.0.1 (DNS rebinding) is refused.
final class Guard {
    private static final List<String> PROXIED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via", "X-Envoy-External-Address");
    private static final Pattern LOCAL_NAME =
            Pattern.compile("(localhost|[a-z0-9.-]+\\.localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

    private final BasicAuth basic = new BasicAuth();

    /// @param status of the answer
    /// @param words for the person who is refused
    record Refusal(int status, String words) {}

    /// A refusal, or null for those who may pass.
    @Nullable
    Refusal check(Exchange exchange, Access access, Ui ui, WebConfig config) {
        return switch (access) {
            case PROBE -> null;
            case MONITOR -> password(exchange, config);
            case PERSON -> ui == Ui.OFF ? new Refusal(404, "not found") : person(exchange, ui, config);
        };
    }

    private @Nullable Refusal person(Exchange exchange, Ui ui, WebConfig config) {
        if (config.authenticates()) {
            return password(exchange, config);
        }
        if (ui == Ui.ON) {
            return null;
        }
        if (!isOnThisMachine(exchange)) {
            return new Refusal(
                    403,
                    "the page, the API and the evidence answer clients on this machine only, which kubectl port-forward"
                            + " makes you; or configure authentication (--web.config.file), or web.ui: on");
        }
        return isForThisMachine(exchange.header("Host"))
                ? null
                : new Refusal(403, "ask for this machine as localhost, 127.0.0.1 or [::1]");
    }

    private @Nullable Refusal password(Exchange exchange, WebConfig config) {
        if (config.users().isEmpty() || basic.accepts(exchange.header("Authorization"), config.users())) {
            return null;
        }
        exchange.answerHeaders().set("WWW-Authenticate", "Basic realm=\"fdsentry\", charset=\"UTF-8\"");
        return new Refusal(401, "unauthorized");
    }

    private static boolean isOnThisMachine(Exchange exchange) {
        InetAddress client = exchange.client();
        boolean local = List.of("127.0.0.1", "0:0:0:0:0:0:0:1").contains(withoutZone(client));
        return local && PROXIED.stream().noneMatch(exchange::hasHeader);
    }

    private static String withoutZone(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static boolean isForThisMachine(@Nullable String host) {
        return host != null && LOCAL_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
