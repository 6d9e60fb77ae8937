package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The unit under a real systemd, the first process of a container: it starts with all its hardening, sees into
/// a program of another user, reloads, comes back when it is killed and ends when asked. Not shown here:
/// MemoryMax and TasksMax at work, since the container has no controllers of its own.
@Tag("full")
class SystemdIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final List<String> TOLD = List.of(
            "fdsentry_process_access_tier\\{.*target=\"app\".*} 2.*",
            "fdsentry_process_tcp_sockets\\{.*state=\"established\",target=\"app\".*} 10.*",
            "fdsentry_process_tcp_sockets\\{.*state=\"listen\",target=\"app\".*} 1.*",
            "Uid:\\s+0\\s+0\\s+0\\s+0",
            "CapEff:\\s+0000000000080004",
            "CapBnd:\\s+0000000000080004",
            "NoNewPrivs:\\s+1",
            "Seccomp:\\s+2",
            "bounds: 268435456 64",
            "reloaded: yes",
            "restarts: 1",
            "stopped: success 0 0 after [0-9] s",
            "state: 700 root",
            ".*Overall exposure level for fdsentry.service: 2\\.\\d OK.*",
            "active");

    private final String name = "fdsentry-systemd-" + ProcessHandle.current().pid();

    @TempDir
    Path home;

    @Test
    void theUnitStartsSeesReloadsComesBackAndEnds() throws Exception {
        Needs.program("debootstrap");
        try (Podman podman = Podman.ready()) {
            Manifest.run("scripts/images.sh", "systemd");
            install();
            try {
                podman.podman(
                        "run",
                        "-d",
                        "--name=" + name,
                        "--pull=never",
                        "--network=none",
                        "--privileged",
                        "--systemd=always",
                        "--volume=" + home + ":/opt/fdsentry:ro",
                        "--volume=" + Path.of("src/test/k8s").toAbsolutePath() + ":/test:ro",
                        "localhost/systemd",
                        "/lib/systemd/systemd",
                        "systemd.unit=basic.target");
                Await.until("systemd", LONGEST, () -> running(podman));
                Podman.Said said = podman.ask("exec", name, "sh", "/test/systemd.sh");
                assertEquals(0, said.code(), said.out());
                for (String line : TOLD) {
                    assertTrue(said.out().lines().anyMatch(one -> one.matches(line)), line + "\n" + said.out());
                }
            } finally {
                podman.ask("rm", "-f", "-t", "0", name);
            }
        }
    }

    private boolean running(Podman podman) throws Exception {
        return podman.ask("exec", name, "systemctl", "is-system-running").out().matches("(?s)(running|degraded)\\s*");
    }

    /// The distribution with a runtime of its own, as a host without Java has it.
    private void install() throws IOException, InterruptedException {
        copy(Path.of("target/fdsentry"), home);
        copy(Path.of("deploy/systemd"), home.resolve("deploy/systemd"));
        Manifest.run(
                Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
                "--output=" + home.resolve("runtime"),
                "--strip-java-debug-attributes",
                "--add-modules=java.base,java.logging,java.management,java.net.http,jdk.httpserver,jdk.management,"
                        + "jdk.unsupported");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
