package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped memory limits hold during the leak: with all its sockets watched, scraped and looked at from a
/// second fdsentry in the same container, nothing is killed.
@Tag("real")
class MemoryIT {
    private static final Path SOURCE = Path.of("src/bench/fdload.c");

    @TempDir
    Path folder;

    @Test
    void aSidecarWatchesSixtyThousandSocketsAndIsLookedAt() throws Exception {
        watches(3, "examples/attached", "Deployment", "initContainers");
    }

    @Test
    @Tag("full")
    void aNodeWatchesTwoHundredThousandSockets() throws Exception {
        watches(10, "daemonset", "DaemonSet", "containers");
    }

    /// @param processes each with both ends of 9,950 connections
    private void watches(int processes, String overlay, String kind, String containers) throws Exception {
        try (Podman podman = Podman.ready()) {
            String pod = podman.pod();
            load(podman, pod, processes);
            Podman.Container daemon = podman.start(
                    pod,
                    "fdsentry",
                    "--user=0:0",
                    "--cap-drop=all",
                    "--cap-add=SYS_PTRACE",
                    "--cap-add=DAC_READ_SEARCH",
                    "--read-only",
                    "--read-only-tmpfs=false",
                    "--memory=" + limit(overlay, kind, containers),
                    Podman.IMAGE,
                    "run");
            double sockets = processes * 2 * 9950.0 + processes;
            Scraped scraped = Await.value(
                    "all sockets",
                    () -> new Scraped(Podman.metrics(daemon)),
                    now -> now.sum("fdsentry_process_open_fds", "fdload") >= sockets);
            assertTrue(scraped.sum("fdsentry_process_tcp_sockets", "fdload") > 0);
            for (int i = 0; i < 2; i++) {
                Podman.metrics(daemon);
                Podman.get(daemon, "/api/v1/processes");
                Podman.Said look = podman.ask("exec", daemon.id(), "fdsentry", "inspect");
                assertEquals(0, look.code(), look.out());
                Podman.Said own = podman.ask("exec", daemon.id(), "fdsentry", "inspect", "--local");
                assertEquals(0, own.code(), own.out());
                assertTrue(own.out().contains("fdload"), own.out());
            }
            assertEquals(
                    "true false",
                    podman.podman("inspect", daemon.id(), "--format", "{{.State.Running}} {{.State.OOMKilled}}")
                            .strip());
            assertEquals(daemon, podman.container(daemon.id()));
            System.err.println("memory of the container at most: " + most(daemon));
        }
    }

    private void load(Podman podman, String pod, int processes) throws Exception {
        Path program = folder.resolve("fdload");
        Manifest.run(Needs.program("cc").toString(), "-O2", "-static", "-o", program.toString(), SOURCE.toString());
        podman.start(
                pod,
                "load",
                "-i",
                "--volume=" + folder + ":/load:ro",
                Podman.DEBIAN,
                "/load/fdload",
                String.valueOf(processes),
                "9950",
                "0");
        podman.awaitLog(pod + "-load", "\n");
    }

    /// As podman writes it.
    private static String limit(String overlay, String kind, String containers) throws Exception {
        Manifest workload = Manifest.render(Manifest.K8S.resolve(overlay)).stream()
                .filter(one -> kind.equals(one.at("kind")))
                .findFirst()
                .orElseThrow();
        Object limit = workload.at("spec.template.spec." + containers + ".fdsentry.resources.limits.memory");
        return String.valueOf(limit).replace("Mi", "m");
    }

    private static String most(Podman.Container container) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + container.pid() + "/cgroup"))) {
            Path file = Path.of("/sys/fs/cgroup/memory" + line.substring(line.lastIndexOf(':') + 1));
            if (line.contains(":memory:") && Files.exists(file)) {
                return Files.readString(file.resolve("memory.max_usage_in_bytes"))
                                .strip() + " bytes";
            }
        }
        return "not known here";
    }
}
