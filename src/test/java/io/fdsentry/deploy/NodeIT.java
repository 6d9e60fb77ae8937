package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// fdsentry on a node, as the DaemonSet's manifest says, over ten real pods, each in a network namespace of its
/// own: each is named, and what one of them did is told after it is gone. The kubelet's part, the names of its
/// log files, is played by the test.
@Tag("real")
class NodeIT {
    private static final int PODS = 10;
    private static final String NAMESPACE = "shop";
    private static final String HOLDS = "open($h[$_], '<', '/etc/hostname') for 1..%d; sleep 100000";
    /// Five connections a second that the peer closes and this process keeps, and traffic of its own.
    private static final String LEAKS = """
            use IO::Socket::INET;
            my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1:8006', Listen => 64);
            if (!fork) { while (my $client = $server->accept) { close $client } }
            close $server;
            while (1) { push @kept, IO::Socket::INET->new(PeerAddr => '127.0.0.1:8006'); select undef, undef, undef, 0.2 }
            """;

    @TempDir
    Path folder;

    @Test
    void everyPodOfTheNodeIsNamedAndItsStoryOutlivesIt() throws Exception {
        Files.createDirectories(folder.resolve("pods"));
        Files.createDirectories(folder.resolve("containers"));
        Files.createDirectories(folder.resolve("state"));
        configure();
        try (Podman podman = Podman.ready()) {
            List<String> pods = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                pods.add(podman.pod());
                run(podman, pods.get(i), i == 0 ? LEAKS : HOLDS.formatted(i), "app");
            }
            String watched = podman.pod();
            run(podman, watched, HOLDS.formatted(1), "app");
            run(podman, watched, HOLDS.formatted(1), "fdsentry");

            Podman.Container node = podman.start(podman.pod(), "node", daemon("daemonset"));
            for (int i = 1; i < PODS; i++) {
                awaitNamed(node, pods.get(i), 3 + i);
            }
            awaitTier(node, pods.get(1), 2);
            Scraped scraped = new Scraped(Podman.metrics(node));
            assertTrue(!scraped.text().contains(watched), "left to its own fdsentry");
            storyOfADeletedPod(podman, node, pods.getFirst());
            awaitTier(podman.start(podman.pod(), "node", daemon("daemonset-tier3")), pods.get(1), 3);
        }
    }

    private void awaitNamed(Podman.Container node, String pod, int fds) {
        Scraped scraped = Await.value(
                pod, () -> new Scraped(Podman.metrics(node)), now -> of(now, "fdsentry_process_open_fds", pod) != null);
        assertEquals(fds, of(scraped, "fdsentry_process_open_fds", pod));
    }

    private static void awaitTier(Podman.Container node, String pod, int tier) {
        Pattern told = Pattern.compile(
                "\"tier\":(\\d),\"container\":\\{\"namespace\":\"" + NAMESPACE + "\",\"pod\":\"" + pod + "\"");
        Matcher found = Await.value(pod, () -> told.matcher(Podman.get(node, "/api/v1/processes")), Matcher::find);
        assertEquals(String.valueOf(tier), found.group(1));
    }

    private static @Nullable Double of(Scraped scraped, String metric, String pod) {
        return scraped.value(metric, "namespace", NAMESPACE, "pod", pod, "container", "app");
    }

    private void storyOfADeletedPod(Podman podman, Podman.Container node, String pod) throws Exception {
        Await.until("a finding", () -> !records(podman, node, pod).isEmpty());
        Pattern known = Pattern.compile(
                "(?m)^fdsentry_finding_info\\{(?=[^}]*peer=\"127.0.0.1:8006\")[^}]*pod=\"" + pod + "\"");
        Await.until("what it is", () -> known.matcher(Podman.metrics(node)).find());
        podman.remove(pod);
        Await.until("its end", () -> records(podman, node, pod).contains("-ended "));
        String told = records(podman, node, pod);
        assertTrue(told.contains(NAMESPACE + "/" + pod + "/app"), told);
        assertTrue(told.contains("127.0.0.1:8006"), told);
        String line = podman.log(node.id())
                .lines()
                .filter(one -> one.contains("msg=\"evidence:") && one.contains("pod=" + pod))
                .collect(Collectors.joining("\n"));
        assertTrue(line.contains("namespace=" + NAMESPACE) && line.contains("127.0.0.1:8006"), line);
    }

    /// As somebody asks who has a shell on the node, or `kubectl exec`.
    private static String records(Podman podman, Podman.Container node, String pod) throws Exception {
        Podman.Said said = podman.ask(
                "exec",
                node.id(),
                "fdsentry",
                "evidence",
                "list",
                "--evidence.directory=/var/lib/fdsentry/evidence",
                "--namespace=" + NAMESPACE,
                "--pod=" + pod);
        return said.code() == 0 ? said.out().replaceAll("nothing recorded.*\\s*", "") : "";
    }

    /// What podman is told so that it runs what the manifest says.
    private String[] daemon(String overlay) throws Exception {
        Manifest container = Manifest.the(Manifest.render(Manifest.K8S.resolve(overlay)), "DaemonSet", "fdsentry")
                .under("spec.template.spec.containers.fdsentry");
        Stream<String> rights = Stream.concat(
                Stream.of(
                        "--pid=host",
                        "--user=0:0",
                        "--cap-drop=all",
                        "--read-only",
                        "--read-only-tmpfs=false",
                        "--security-opt=no-new-privileges",
                        "--memory=512m"),
                container.list("securityContext.capabilities.add").stream().map(one -> "--cap-add=" + one));
        Stream<String> volumes = Stream.of(
                        "config:/etc/fdsentry:ro",
                        "state:/var/lib/fdsentry",
                        "pods:/host/var/log/pods:ro",
                        "containers:/host/var/log/containers:ro")
                .map(volume -> "--volume=" + folder.resolve(volume));
        Stream<String> arguments = container.list("args").stream().map(String::valueOf);
        return Stream.of(rights, volumes, Stream.of(Podman.IMAGE), arguments)
                .flatMap(stream -> stream)
                .toArray(String[]::new);
    }

    /// The shipped configuration, faster.
    private void configure() throws IOException {
        String shipped = Files.readString(Manifest.K8S.resolve("daemonset/config.yaml"));
        String faster =
                shipped.replace("interval: 15s", "interval: 1s\n  budget: 0.9").replace("min_age: 1m ", "min_age: 0s ");
        assertTrue(!faster.contains("interval: 15s") && !faster.contains("min_age: 1m"));
        Path directory = Files.createDirectories(folder.resolve("config"));
        Files.writeString(directory.resolve("config.yaml"), faster + "\ndetection: {time_scale: 20}\n");
    }

    private void run(Podman podman, String pod, String program, String container) throws Exception {
        Podman.Container started = podman.start(
                pod,
                container,
                "--ulimit=nofile=2000:2000",
                "--ulimit=nproc=1024:1024",
                "--user=10001:10001",
                Podman.DEBIAN,
                "perl",
                "-e",
                program);
        Files.createFile(folder.resolve("containers")
                .resolve("%s_%s_%s-%s.log".formatted(pod, NAMESPACE, container, started.id())));
    }
}
