package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Inbox;
import io.fdsentry.testing.Monitoring;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What arrives at a pager, in Slack and at a webhook, as the real Alertmanager writes it from the shipped
/// configuration: only its secrets, the pager's address and the times to wait are others. After a change that is
/// meant: `-Dgolden.update=true`.
@Tag("real")
class AlertmanagerTest {
    private static final Path SHIPPED = Path.of("deploy/alertmanager");
    private static final Path ARRIVED = Path.of("src/test/resources/arrived.txt");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Inbox inbox;
    private Process alertmanager;
    private URI address;

    @BeforeEach
    void start() throws Exception {
        Path program = Needs.program("prometheus-alertmanager");
        Needs.that(
                Files.exists(Path.of("/usr/share/prometheus/alertmanager/default.tmpl")),
                "/usr/share/prometheus/alertmanager/default.tmpl (Alertmanager's own template)");
        inbox = Inbox.open();
        configure(inbox.url());
        address = URI.create("http://127.0.0.1:" + Monitoring.freePort());
        alertmanager = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address.getAuthority(),
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("Alertmanager is ready", this::ready);
    }

    @AfterEach
    void stop() throws Exception {
        if (alertmanager != null) {
            alertmanager.destroy();
            alertmanager.waitFor();
        }
        if (inbox != null) {
            inbox.close();
        }
        client.close();
    }

    @Test
    void aPageAndATicketArriveOnceAndInWords() throws Exception {
        post(
                alert("FdsentryLeakUrgent", "critical", "checkout"),
                alert("FdsentryLeakConfirmed", "warning", "checkout"),
                alert("FdsentryCloseWaitAccumulating", "warning", "cart"),
                alert("FdsentryLeakConfirmed", "warning", "cart"));
        Await.until(
                "pager, Slack and webhook have heard",
                () -> inbox.at("/pager").size() == 1
                        && inbox.at("/slack").size() == 2
                        && inbox.at("/ticket").size() == 1);

        JsonObject page = inbox.at("/pager").getFirst().getAsJsonObject("payload");
        String summary = page.get("summary").getAsString();
        assertTrue(summary.length() <= 1024, summary);
        assertTrue(summary.lines().findFirst().orElseThrow().length() <= 90, summary);
        assertTrue(summary.contains("DO FIRST: "), summary);
        assertEquals(
                List.of("http://prometheus:9090/graph?g0.expr=x"),
                links(inbox.at("/pager").getFirst()));
        matchesWhatWasReviewed(words(page));
    }

    /// What changes is in annotations; what a page is told by, in labels.
    @Test
    void aChangedCausePidOrRolloutIsNoSecondNotification() throws Exception {
        JsonObject page = alert("FdsentryLeakUrgent", "critical", "checkout");
        post(page);
        Await.until("the page", () -> inbox.at("/pager").size() == 1);
        JsonObject changed = page.getAsJsonObject("annotations");
        changed.addProperty("summary", "shop/checkout leaks files, full in 20 min (40 of 40 pods)");
        changed.addProperty("description", "Files are opened and not closed.");
        changed.addProperty("cause", "unclosed_files");
        changed.addProperty("worst", "pod checkout-5c6f7d8b9-ddddd, pid 8");
        post(page);
        // Posted later than the change, told of after longer than the time between two notifications of a group.
        post(alert("FdsentryLeakUrgent", "critical", "cart"));
        Await.until("another page", () -> inbox.at("/pager").size() > 1);
        assertEquals(
                List.of("checkout", "cart"),
                inbox.pages("trigger").stream()
                        .map(told ->
                                told.getAsJsonObject("payload").get("summary").getAsString())
                        .map(told -> told.replaceAll("(?s)shop/(\\w+) .*", "$1"))
                        .toList());
    }

    /// Only what is a link: a runbook that is not served anywhere is none.
    private static List<String> links(JsonObject page) {
        return page.getAsJsonArray("links").asList().stream()
                .map(link -> link.getAsJsonObject().get("href").getAsString())
                .toList();
    }

    private String words(JsonObject page) {
        StringBuilder words =
                new StringBuilder("## pager\n" + page.get("summary").getAsString() + "\n\n## pager, details\n"
                        + page.getAsJsonObject("custom_details").get("text").getAsString() + "\n");
        inbox.at("/slack").stream()
                .map(slack -> slack.getAsJsonArray("attachments").get(0).getAsJsonObject())
                .map(slack -> "\n## slack\n" + slack.get("title").getAsString() + "\n"
                        + slack.get("text").getAsString() + "\n")
                .sorted()
                .forEach(words::append);
        JsonObject ticket = inbox.at("/ticket").getFirst();
        words.append("\n## webhook\n").append(ticket.get("groupLabels")).append('\n');
        for (JsonElement alert : ticket.getAsJsonArray("alerts")) {
            words.append(alert.getAsJsonObject().get("labels")).append('\n');
            words.append(alert.getAsJsonObject().get("annotations")).append('\n');
        }
        return words.toString().replaceAll("Since: [0-9-]+ [0-9:]+ UTC", "Since: TIME UTC");
    }

    private static void matchesWhatWasReviewed(String words) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(ARRIVED, words);
        }
        assertEquals(Files.readString(ARRIVED), words);
    }

    private static JsonObject alert(String name, String severity, String workload) {
        JsonObject labels = object(Map.of(
                "alertname",
                name,
                "severity",
                severity,
                "namespace",
                "shop",
                "workload",
                workload,
                "target",
                workload));
        labels.addProperty("team", "shop");
        labels.addProperty("resource", "fds");
        JsonObject annotations = object(Map.of(
                "summary", "shop/" + workload + " leaks sockets to payments:8006, full in 41 min (3 of 40 pods)",
                "description", "Each HTTP response that the code receives and does not close keeps its socket.",
                "figures", "812 of 1024 fds open, 790 CLOSE_WAIT",
                "images", "only pods of image shop/" + workload + ":2.0",
                "worst", "pod " + workload + "-7d9c5b6f8-x2x4k, pid 7",
                "first_step", "restart one pod, the worst: kubectl -n shop delete pod " + workload + "-7d9c5b6f8-x2x4k",
                "evidence", "fdsentry evidence list",
                "runbook_url", "docs/runbooks/" + name + ".md",
                "dashboard_url", "http://prometheus:9090/graph?g0.expr=x"));
        JsonObject alert = new JsonObject();
        alert.add("labels", labels);
        alert.add("annotations", annotations);
        return alert;
    }

    private static JsonObject object(Map<String, String> entries) {
        JsonObject object = new JsonObject();
        entries.forEach(object::addProperty);
        return object;
    }

    private void configure(String url) throws IOException {
        Files.copy(SHIPPED.resolve("fdsentry.tmpl"), folder.resolve("fdsentry.tmpl"));
        Files.writeString(folder.resolve("pagerduty-key"), "k".repeat(32));
        Files.writeString(folder.resolve("slack-url"), url + "/slack");
        Files.writeString(folder.resolve("ticket-url"), url + "/ticket");
        String shipped = Files.readString(SHIPPED.resolve("alertmanager.yml"));
        String here = shipped.replace("/etc/alertmanager/secrets", folder.toString())
                .replaceAll("group_wait: \\d+s", "group_wait: 3s")
                .replace("group_interval: 5m", "group_interval: 1s");
        Files.writeString(folder.resolve("alertmanager.yml"), "global: {pagerduty_url: '" + url + "/pager'}\n" + here);
    }

    private void post(JsonObject... alerts) throws Exception {
        JsonArray all = new JsonArray();
        for (JsonObject alert : alerts) {
            all.add(alert);
        }
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(all.toString()))
                .build();
        assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
    }

    private boolean ready() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/-/ready")).build();
        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }
}
