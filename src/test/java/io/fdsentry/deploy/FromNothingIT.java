package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Inbox;
import io.fdsentry.testing.Monitoring;
import io.fdsentry.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// What `docs/kubernetes.md` promises, "from nothing to a page about the sample app", at twenty times the speed: its
/// own commands in their order, done with podman, a real Prometheus and a real Alertmanager where they ask for a
/// cluster.
@Tag("real")
class FromNothingIT {
    private static final int SPEED = 20;
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final Path DOC = Path.of("docs/kubernetes.md");
    private static final Pattern SECTION =
            Pattern.compile("## From nothing to a page about the sample app\n(.*?)\n## ", Pattern.DOTALL);
    /// The app's line of `inspect`: what is used of the limit, then established, and at least one in CLOSE_WAIT.
    private static final Pattern LEAKS = Pattern.compile("(?m)^\\W*leaky\\b.* <?\\d+ % +\\S+ +[1-9]");
    private static final Pattern STEP = Pattern.compile("`((?:kubectl|helm|fdsentry|command:) ?[^`]*)`");

    private static final String FORWARD = """
            import ctypes, threading
            server = socket.create_server(('127.0.0.1', 0))
            ctypes.CDLL(None).setns(os.open('/proc/%d/ns/net', os.O_RDONLY), 0)
            def pump(a, b):
                try:
                    while (data := a.recv(65536)):
                        b.sendall(data)
                    b.shutdown(socket.SHUT_WR)
                except OSError:
                    b.close()
            def go():
                while True:
                    here = server.accept()[0]
                    there = socket.create_connection(('127.0.0.1', %s))
                    for pair in ((here, there), (there, here)):
                        threading.Thread(target=pump, args=pair, daemon=True).start()
            threading.Thread(target=go, daemon=True).start()
            """;

    @TempDir
    Path folder;

    private final Iterator<String> steps = steps().iterator();

    @Test
    void everyStepLeadsToThePageAndToWhatIsLeftOfIt() throws Exception {
        Path monitoring = directory(next("kubectl apply -k (\\S+)").group(1));
        assertTrue(Manifest.render(monitoring).stream().anyMatch(one -> "PrometheusRule".equals(one.at("kind"))));
        assertEquals(
                Manifest.K8S.resolve("examples/attached"),
                directory(next("kubectl apply -k (\\S+)").group(1)));
        String look =
                next("kubectl -n leaky exec deploy/leaky -c fdsentry -- (.*)").group(1);
        String port = next("kubectl -n leaky port-forward deploy/leaky (\\d+)").group(1);
        Map<String, Object> limited = new Yaml().load(next("(command: .*)").group(1));
        Object command = Objects.requireNonNull(limited.get("command"));
        SampleApp sample =
                SampleApp.shipped().quick().with(FromNothingIT::faster).running(command);
        try (Podman podman = Podman.ready();
                Inbox inbox = Inbox.open()) {
            sample.play(podman, folder);
            Podman.Container fdsentry = podman.container(sample.sidecar());
            String labels = "{namespace: leaky, pod: " + sample.pod() + "}";
            try (Python forwarded = forward(fdsentry, port);
                    Monitoring prometheus = Monitoring.start(
                            Files.createDirectories(folder.resolve("monitoring")),
                            SPEED,
                            inbox,
                            List.of(new Monitoring.Scraped(forwarded.number("server.getsockname()[1]"), labels)))) {
                Await.until(
                        "the scrape", LONGEST, () -> prometheus.query("up == 1").contains("leaky"));
                Await.value(
                        "the sockets",
                        LONGEST,
                        () -> exec(podman, sample, look),
                        saw -> LEAKS.matcher(saw).find());
                assertTrue(Podman.get(fdsentry, "/").contains("<html"));
                Await.value(
                        "the page",
                        LONGEST,
                        () -> inbox.pages("trigger"),
                        pages -> pages.stream().anyMatch(FromNothingIT::tells));
            }
            String kept = exec(podman, sample, "fdsentry evidence list");
            assertTrue(kept.contains("-urgent ") && kept.contains("leaky"), kept);
            String log = podman.log(sample.sidecar());
            next("kubectl -n leaky delete pod -l app.kubernetes.io/name=leaky");
            podman.remove(sample.pod());
            whatIsLeft(log);
        }
        next("fdsentry evidence list --namespace=leaky"); // of the DaemonSet: NodeIT
        assertTrue(!steps.hasNext(), "a step of the document that nobody runs");
    }

    /// The next command of the document, which must be this one.
    private MatchResult next(String pattern) {
        String step = steps.next();
        Matcher matcher = Pattern.compile(pattern).matcher(step);
        assertTrue(matcher.matches(), step + "\nis not\n" + pattern);
        return matcher.toMatchResult();
    }

    private static List<String> steps() {
        try {
            Matcher section = SECTION.matcher(Files.readString(DOC));
            assertTrue(section.find());
            return STEP.matcher(section.group(1))
                    .results()
                    .map(step -> step.group(1))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path directory(String path) {
        assertTrue(Files.exists(Path.of(path, "kustomization.yaml")), path);
        return Path.of(path);
    }

    private static String faster(String file, String shipped) {
        return switch (file) {
            case "config.yaml" -> "sampling: {interval: 1s}\ndetection: {time_scale: %d}\n".formatted(SPEED) + shipped;
            case "leaky.pl" -> shipped.replace("sleep 1;", "select undef, undef, undef, 1 / %d;".formatted(SPEED));
            default -> shipped;
        };
    }

    private static String exec(Podman podman, SampleApp sample, String command) throws Exception {
        String[] words = ("exec " + sample.sidecar() + " " + command).split(" ");
        return podman.ask(words).out();
    }

    /// As `kubectl port-forward` does: listens here and connects in the pod's network namespace.
    private static Python forward(Podman.Container container, String port) {
        Python forwarder = Python.start();
        forwarder.run(FORWARD.formatted(container.pid(), port));
        return forwarder;
    }

    private static boolean tells(JsonObject page) {
        JsonObject payload = page.getAsJsonObject("payload");
        return payload.get("summary").getAsString().contains("leaks sockets to 127.0.0.1:8006")
                && payload.get("severity").getAsString().equals("critical");
    }

    /// What a log collector has of it.
    private static void whatIsLeft(String log) {
        String evidence =
                log.lines().filter(line -> line.contains("msg=\"evidence:")).collect(Collectors.joining("\n"));
        assertTrue(evidence.contains("127.0.0.1:8006") && evidence.contains("state=urgent"), log);
    }
}
