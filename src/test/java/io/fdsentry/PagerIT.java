package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Inbox;
import io.fdsentry.testing.Monitoring;
import io.fdsentry.testing.Monitoring.Scraped;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From sockets to the pager with the real things, at twenty times the speed: two programs ask one server, which hangs
/// up after each answer; checkout forgets to close its end, cart does not. A fdsentry of the distribution watches each,
/// as a sidecar would; the shipped rules and the shipped Alertmanager configuration do the rest.
@Tag("real")
class PagerIT {
    private static final int SPEED = 20;

    /// A step takes half a minute on an idle machine.
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /// Asks ten times a second; at most 1500 descriptors.
    private static final String CLIENT = """
            import resource, socket, sys, time
            resource.setrlimit(resource.RLIMIT_NOFILE, (1500, 1500))
            kept = []
            while True:
                try:
                    connection = socket.create_connection(('127.0.0.1', int(sys.argv[2])))
                    connection.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
                    if sys.argv[1] == 'leaky':
                        kept.append(connection)
                    else:
                        connection.close()
                except OSError:
                    pass
                time.sleep(0.1)
            """;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    private ServerSocket payments;
    private Inbox inbox;

    @BeforeEach
    void openTheOtherEnds() throws IOException {
        payments = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answerAndHangUp);
        inbox = Inbox.open();
    }

    @AfterEach
    void endAll() throws Exception {
        for (Process process : started.reversed()) {
            process.destroyForcibly().waitFor();
        }
        inbox.close();
        payments.close();
    }

    @Test
    void aLeakPagesOnceWithItsCauseAndResolvesAfterTheRestart() throws Exception {
        Needs.program("python3");
        Process leaking = client("checkout", "leaky");
        client("cart", "repaired");
        int checkout = Monitoring.freePort();
        watch("checkout", checkout);
        int cart = Monitoring.freePort();
        Process cartsFdsentry = watch("cart", cart);
        List<Scraped> scraped = List.of(
                new Scraped(checkout, "{namespace: shop, pod: checkout-7d9c5b6f8-x2x4k, team: shop}"),
                new Scraped(cart, "{namespace: shop, pod: cart-5f6d7c8b9-zk8kd, team: shop}"));
        try (Monitoring monitoring = Monitoring.start(folder, SPEED, inbox, scraped)) {
            Await.until("a page", LONGEST, () -> !inbox.pages("trigger").isEmpty());
            saysWhatAPersonNeeds(inbox.pages("trigger").getFirst());

            cartsFdsentry.destroyForcibly().waitFor();
            leaking.destroyForcibly().waitFor();
            client("checkout", "repaired");
            Await.until(
                    "the page resolves", LONGEST, () -> !inbox.pages("resolve").isEmpty());
            Await.value("the ticket stays", LONGEST, () -> standing(monitoring), Set.of(restarted())::equals);
            Await.until(
                    "a ticket was told", LONGEST, () -> !summaries("checkout").isEmpty());
            Await.until("fdsentry is down", LONGEST, () -> !summaries("cart").isEmpty());

            assertEquals(
                    1, inbox.pages("trigger").size(), () -> inbox.at("/pager").toString());
            assertEquals(
                    1, inbox.pages("resolve").size(), () -> inbox.at("/pager").toString());
            assertEquals(keyOf(inbox.pages("trigger")), keyOf(inbox.pages("resolve")));
            assertEquals(List.of("fdsentry is down at shop/cart (1 instance)"), summaries("cart"));
            assertEquals(Set.of("FdsentryDown"), raised(monitoring, "cart"));
            assertEquals(List.of(), inbox.tickets("resolved"));
            assertTrue(tickets("cart").stream()
                    .allMatch(ticket -> label(ticket, "severity").equals("warning")));
        }
    }

    private void saysWhatAPersonNeeds(JsonObject page) {
        JsonObject payload = page.getAsJsonObject("payload");
        String text = payload.getAsJsonObject("custom_details").get("text").getAsString();
        String summary = payload.get("summary").getAsString();
        String peer = "127.0.0.1:" + payments.getLocalPort();
        matches("shop/checkout leaks sockets to " + peer + ", full in \\d+ (min|h) \\(1 of 1 pods\\)\n.*", summary);
        matches(
                ".*\nDO FIRST: restart one pod, the worst: kubectl -n shop delete pod checkout-7d9c5b6f8-x2x4k.*",
                summary);
        matches(".*\nEach HTTP response that the code receives and does not close keeps its socket.*", summary);
        matches(".*\nFigures: \\d+ of 1500 fds open, \\d+ CLOSE_WAIT.*, \\d+ more an hour\n.*", text);
        matches(".*\nWorst: pod checkout-7d9c5b6f8-x2x4k, pid \\d+\n.*", text);
        matches(".*\nEvidence: kubectl -n shop exec checkout-7d9c5b6f8-x2x4k -c fdsentry -- .*", text);
        assertEquals("critical", payload.get("severity").getAsString());
        List<String> links = page.getAsJsonArray("links").asList().stream()
                .map(link -> link.getAsJsonObject().get("href").getAsString())
                .toList();
        assertEquals(
                List.of(
                        Monitoring.RUNBOOKS + "/FdsentryLeakUrgent.md",
                        Monitoring.DASHBOARDS
                                + "/fdsentry-process?var-namespace=shop&var-workload=checkout&var-target=checkout"),
                links);
    }

    /// The first lines of what now stands of checkout.
    private static Set<String> standing(Monitoring monitoring) throws Exception {
        return monitoring.alerts().stream()
                .filter(alert -> label(alert, "workload").equals("checkout"))
                .filter(alert -> alert.get("state").getAsString().equals("firing"))
                .map(PagerIT::summary)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String restarted() {
        return "shop/checkout leaks sockets to 127.0.0.1:" + payments.getLocalPort() + ", restarted, not repaired";
    }

    /// What the webhook for tickets was told of a workload's alerts that stand.
    private List<String> summaries(String workload) {
        return tickets(workload).stream()
                .map(ticket ->
                        ticket.getAsJsonObject("annotations").get("summary").getAsString())
                .toList();
    }

    private List<JsonObject> tickets(String workload) {
        return inbox.tickets("firing").stream()
                .filter(ticket -> label(ticket, "workload").equals(workload))
                .toList();
    }

    private static String summary(JsonObject alert) {
        return alert.getAsJsonObject("annotations").get("summary").getAsString();
    }

    private static String label(JsonObject alert, String name) {
        return alert.getAsJsonObject("labels").get(name).getAsString();
    }

    /// Every alert of a workload that ever fired. On a loaded machine others are pending for a moment: at this speed
    /// ten seconds without a round are a stall.
    private static Set<String> raised(Monitoring monitoring, String workload) throws Exception {
        String answer =
                monitoring.query("count_over_time(ALERTS{alertstate=\"firing\",workload=\"" + workload + "\"}[15m])");
        return JsonParser.parseString(answer)
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(result -> result.getAsJsonObject("metric").get("alertname").getAsString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String keyOf(List<JsonObject> pages) {
        return pages.getFirst().get("dedup_key").getAsString();
    }

    private static void matches(String regex, String text) {
        assertTrue(text.matches("(?s)" + regex), () -> text + "\nis not\n" + regex);
    }

    private Process client(String name, String mode) throws IOException {
        Path program = Files.writeString(folder.resolve(name + ".py"), CLIENT);
        return start(name + "-" + mode, "python3", program.toString(), mode, "" + payments.getLocalPort());
    }

    private Process watch(String name, int port) throws IOException {
        Path config = Files.writeString(
                folder.resolve(name + ".yaml"), """
                sampling: {interval: 1s}
                detection: {time_scale: %d}
                targets:
                  - {name: %s, match: {cmdline: '.* %s .*'}}
                """.formatted(SPEED, name, folder.resolve(name + ".py")));
        return start(
                "fdsentry-" + name,
                Path.of("target/fdsentry/bin/fdsentry").toAbsolutePath().toString(),
                "run",
                "--config.file=" + config,
                "--web.listen-address=127.0.0.1:" + port);
    }

    private Process start(String name, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private void answerAndHangUp() {
        while (!payments.isClosed()) {
            try (Socket client = payments.accept()) {
                client.getInputStream().read(new byte[100]);
                client.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // a client has gone, or the test has ended
            }
        }
    }
}
