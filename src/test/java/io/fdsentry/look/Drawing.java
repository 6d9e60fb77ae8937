package io.fdsentry.look;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Browser;
import io.fdsentry.testing.Monitoring;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The dashboards, drawn with Grafana's own components in Chromium by `scripts/dashboards.sh`, which fetches 600 MB of
/// packages the first time.
public final class Drawing implements AutoCloseable {
    /// For the packages.
    private static final Duration FETCHING = Duration.ofMinutes(10);

    private static final int WIDTH = 1600;
    private static final int LOW = 400;
    private static final int SPAN_SECONDS = 240;

    private final Process server;
    private final String address;
    private final Browser browser;

    private Drawing(Process server, String address, Browser browser) {
        this.server = server;
        this.address = address;
        this.browser = browser;
    }

    /// A dashboard as it was drawn.
    ///
    /// @param panels how many it has
    /// @param empty titles of panels that say that there is nothing
    /// @param problems what went wrong: queries refused, panels that cannot be drawn, complaints of the browser
    public record Drawn(int panels, List<String> empty, List<String> problems) {}

    /// @param folder for the browser and the log
    public static Drawing start(Path folder, Monitoring monitoring) throws IOException {
        Needs.program("node");
        Needs.program("npm");
        int port = Monitoring.freePort();
        Process server = new ProcessBuilder(
                        "scripts/dashboards.sh", "serve", Integer.toString(port), monitoring.prometheus())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("drawing.log").toFile())
                .start();
        try {
            String address = "http://127.0.0.1:" + port + "/";
            Await.until("the drawing page", FETCHING, () -> {
                try (var in = URI.create(address).toURL().openStream()) {
                    return in.read() >= 0;
                }
            });
            return new Drawing(server, address, Browser.start(folder));
        } catch (IOException | RuntimeException | Error e) {
            end(server);
            throw e;
        }
    }

    /// Draws a dashboard with what is picked of its variables, and takes its picture.
    public Drawn draw(String uid, Map<String, String> picks, Path picture) throws IOException {
        String query = picks.entrySet().stream()
                .map(pick -> "&" + pick.getKey() + "=" + URLEncoder.encode(pick.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        browser.complaints().clear();
        browser.size(WIDTH, LOW);
        browser.open("about:blank");
        browser.await("location.href === 'about:blank'");
        browser.open(address + "?uid=" + uid + "&rate=8s&span=" + SPAN_SECONDS + query);
        browser.await("document.title === 'drawn'");
        browser.size(WIDTH, Integer.parseInt(told("document.documentElement.scrollHeight")));
        browser.picture(picture);
        List<String> problems = texts("window.problems");
        problems.addAll(browser.complaints());
        List<String> empty = texts("window.panels.filter(panel => panel.empty).map(panel => panel.title)");
        return new Drawn(Integer.parseInt(told("window.panels.length")), empty, problems);
    }

    private List<String> texts(String list) {
        JsonArray array =
                JsonParser.parseString(told("JSON.stringify(" + list + ")")).getAsJsonArray();
        return array.asList().stream().map(JsonElement::getAsString).collect(Collectors.toCollection(ArrayList::new));
    }

    private String told(String expression) {
        return Objects.requireNonNull(browser.eval(expression), expression);
    }

    @Override
    public void close() {
        browser.close();
        end(server);
    }

    private static void end(Process server) {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        server.onExit().join();
    }
}
