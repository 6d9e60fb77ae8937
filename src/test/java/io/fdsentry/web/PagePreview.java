package io.fdsentry.web;

import io.fdsentry.config.Config;
import io.fdsentry.config.WebConfig;
import io.fdsentry.metrics.Exposition;
import io.fdsentry.testing.Scenario;
import io.fdsentry.web.history.History;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Serves the page of [Scenario] for a person or a browser to look at, until it is killed.
final class PagePreview {
    private PagePreview() {}

    public static void main(String[] args) throws Exception {
        Exposition exposition = new Exposition("0.1.0", () -> Scenario.MONOTONIC);
        exposition.publish(Scenario.board(), Scenario.config());
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(exposition);
        WebServer server = WebServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
                new WebServer.Sources(
                        Scenario::board,
                        new MetricsHandler(registry),
                        new History(),
                        Evidence.NONE,
                        Config.DEFAULTS::web,
                        () -> WebConfig.NONE,
                        List::of));
        System.out.println("http://127.0.0.1:" + server.address().getPort() + "/");
    }
}
