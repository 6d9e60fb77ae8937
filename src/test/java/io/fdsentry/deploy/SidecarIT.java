package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sidecar beside the sample app, in a real pod made from the shipped manifests: what each tier sees, that
/// its failures are its own, and that it comes and goes without the app noticing.
@Tag("real")
class SidecarIT {
    @TempDir
    Path folder;

    @Test
    void withTheAppsUserItSeesEverythingAndEndsInTime() throws Exception {
        try (Podman podman = Podman.ready()) {
            SampleApp pod = SampleApp.shipped();
            pod.play(podman, folder);
            String sidecar = pod.sidecar();
            Podman.Container leaky = podman.container(pod.app());
            Podman.Container fdsentry = podman.container(sidecar);
            Scraped scraped = awaitApp(fdsentry);
            assertEquals(1, scraped.value("fdsentry_process_access_tier", "target", "leaky"));
            long before = fds(leaky);
            Scraped closed = Await.value(
                    "what the app forgot",
                    () -> new Scraped(Podman.metrics(fdsentry)),
                    now -> atLeast(now, "fdsentry_process_open_fds", before));
            assertTrue(number(closed, "fdsentry_process_open_fds") <= fds(leaky));
            assertTrue(seriesWithOneProcess(closed) < 200, closed.text()); // docs/kubernetes.md, Sizes
            assertTrue(atLeast(closed, "fdsentry_process_tcp_sockets", 1, "state", "close_wait"), closed.text());

            podman.podman("stop", "-t", "20", sidecar);
            assertEquals(
                    "0",
                    podman.podman("inspect", sidecar, "--format", "{{.State.ExitCode}}")
                            .strip(),
                    "killed");
            assertEquals(leaky, podman.container(pod.app()));
            long then = fds(leaky);
            Await.until("the app goes on", () -> fds(leaky) > then);
        }
    }

    @Test
    void asAnotherUserItCountsAndSaysWhyItSeesNoMore() throws Exception {
        try (Podman podman = Podman.ready()) {
            SampleApp pod = SampleApp.shipped().quick().with(Map.of("runAsUser", 10177, "runAsGroup", 10177));
            pod.play(podman, folder);
            Scraped scraped = awaitApp(podman.container(pod.sidecar()));
            assertEquals(0, scraped.value("fdsentry_process_access_tier", "target", "leaky"));
            assertNotNull(scraped.value("fdsentry_process_max_fds", "target", "leaky"));
            assertNull(scraped.value("fdsentry_process_tcp_sockets", "target", "leaky", "state", "close_wait"));
            assertEquals(0, scraped.value("fdsentry_process_probe_success", "target", "leaky", "probe", "sockets"));
            assertEquals(
                    1,
                    scraped.value(
                            "fdsentry_process_probe_info",
                            "target",
                            "leaky",
                            "probe",
                            "sockets",
                            "reason",
                            "permission"));
            Podman.Said look = podman.ask("exec", pod.sidecar(), "fdsentry", "inspect");
            assertTrue(look.out().contains("SYS_PTRACE"), look.out());
        }
    }

    @Test
    void asRootWithTwoCapabilitiesItSeesEverything() throws Exception {
        try (Podman podman = Podman.ready()) {
            Object capabilities = Map.of("drop", List.of("ALL"), "add", List.of("SYS_PTRACE", "DAC_READ_SEARCH"));
            SampleApp pod = SampleApp.shipped()
                    .quick()
                    .with(Map.of("runAsUser", 0, "runAsGroup", 0, "runAsNonRoot", false, "capabilities", capabilities));
            pod.play(podman, folder);
            Podman.Container fdsentry = podman.container(pod.sidecar());
            assertEquals(2, awaitApp(fdsentry).value("fdsentry_process_access_tier", "target", "leaky"));
            Await.until(
                    "what the app forgot",
                    () -> atLeast(
                            new Scraped(Podman.metrics(fdsentry)),
                            "fdsentry_process_tcp_sockets",
                            1,
                            "state",
                            "close_wait"));
        }
    }

    @Test
    void aWrongConfigurationAndATakenPortAreItsOwnTrouble() throws Exception {
        try (Podman podman = Podman.ready()) {
            SampleApp pod = SampleApp.shipped()
                    .quick()
                    .with((file, shipped) ->
                            file.equals("config.yaml") ? "targets: [{name: leaky, mach: {}}]\n" : shipped);
            pod.play(podman, folder);
            Podman.Container fdsentry = podman.container(pod.sidecar());
            Scraped scraped = Await.value(
                    "its metrics",
                    () -> new Scraped(Podman.metrics(fdsentry)),
                    now -> now.value("fdsentry_config_last_reload_successful") != null);
            assertEquals(0, scraped.value("fdsentry_config_last_reload_successful"));
            assertTrue(podman.log(pod.sidecar()).contains("mach"), podman.log(pod.sidecar()));
            Podman.Container leaky = podman.container(pod.app());

            podman.start(
                    pod.pod(),
                    "second",
                    Stream.of(flags(), List.of(Podman.IMAGE, "run", "--config.on-error=defaults"))
                            .flatMap(List::stream)
                            .toArray(String[]::new));
            podman.awaitLog(pod.pod() + "-second", "in use");
            assertEquals(
                    "running",
                    podman.podman("inspect", pod.pod() + "-second", "--format", "{{.State.Status}}")
                            .strip());
            assertEquals(leaky, podman.container(pod.app()));
        }
    }

    private static List<String> flags() {
        return List.of(
                "--user",
                "10001:10001",
                "--cap-drop=all",
                "--read-only",
                "--read-only-tmpfs=false",
                "--security-opt",
                "no-new-privileges");
    }

    private static Scraped awaitApp(Podman.Container fdsentry) {
        return Await.value(
                "the app in the metrics",
                () -> new Scraped(Podman.metrics(fdsentry)),
                now -> now.value("fdsentry_process_open_fds", "target", "leaky") != null);
    }

    private static long seriesWithOneProcess(Scraped scraped) {
        return scraped.text()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.contains("target=\"controller\""))
                .count();
    }

    private static double number(Scraped scraped, String metric) {
        Double value = scraped.value(metric, "target", "leaky");
        return value == null ? -1 : value;
    }

    private static boolean atLeast(Scraped scraped, String metric, long least, String... more) {
        String[] labels =
                Stream.concat(Stream.of("target", "leaky"), Stream.of(more)).toArray(String[]::new);
        Double value = scraped.value(metric, labels);
        return value != null && value >= least;
    }

    private static long fds(Podman.Container container) throws Exception {
        try (Stream<Path> fds = Files.list(Path.of("/proc/" + container.pid() + "/fd"))) {
            return fds.count();
        }
    }
}
