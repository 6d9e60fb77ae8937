package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Real pods by podman, on a store of their own, from the image that the shipped Dockerfile makes of stand-ins of
/// its base images (`scripts/images.sh`). Everything it started is gone when it is closed.
final class Podman implements AutoCloseable {
    static final String IMAGE = "localhost/fdsentry:test";
    static final String DEBIAN = "docker.io/library/debian:bookworm-slim";

    private static final String SCRIPT = "scripts/images.sh";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static boolean built;

    private final List<String> pods = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();

    /// What a program said, and how it ended.
    record Said(int code, String out) {}

    /// A container that runs.
    record Container(String id, long pid) {}

    static Podman ready() throws IOException, InterruptedException {
        Needs.root();
        Needs.program("podman");
        Needs.that(Files.exists(cache().resolve("images/done")), SCRIPT + " prepare");
        build();
        return new Podman();
    }

    private static synchronized void build() throws IOException, InterruptedException {
        if (!built) {
            Said said = run(List.of(SCRIPT, "build"));
            assertEquals(0, said.code, said.out);
            built = true;
        }
    }

    private static Path cache() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "fdsentry-tools");
    }

    /// Plays Kubernetes manifests; the pod of each Deployment is called NAME-pod-0, as are its containers with
    /// their names behind. Without a network but its own loopback.
    void play(Path manifests, String deployment) throws IOException, InterruptedException {
        pods.add(deployment + "-pod-0");
        deployments.add(deployment);
        podman("play", "kube", "--network=none", "--log-driver=k8s-file", manifests.toString());
    }

    /// A pod whose containers share processes and network, which is no other's.
    String pod() throws IOException, InterruptedException {
        String name = "fdsentry-test-%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
        pods.add(name);
        podman("pod", "create", "--name", name, "--share", "pid,net,ipc,uts", "--network=none");
        return name;
    }

    /// Starts a container of a pod.
    Container start(String pod, String name, String... imageAndArguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "run", "-d", "--pod", pod, "--name", pod + "-" + name, "--pull=never", "--log-driver=k8s-file"));
        command.addAll(List.of(imageAndArguments));
        podman(command.toArray(String[]::new));
        return container(pod + "-" + name);
    }

    Container container(String name) throws IOException, InterruptedException {
        String[] found = podman("inspect", name, "--format", "{{.Id}} {{.State.Pid}}")
                .strip()
                .split(" ", 2);
        return new Container(found[0], Long.parseLong(found[1]));
    }

    void remove(String pod) throws IOException, InterruptedException {
        ask("pod", "rm", "-f", "-t", "0", pod); // what it could not tidy up at once it complains of
        pods.remove(pod);
    }

    /// Runs podman, which must succeed.
    String podman(String... arguments) throws IOException, InterruptedException {
        Said said = ask(arguments);
        assertEquals(0, said.code, () -> String.join(" ", arguments) + "\n" + said.out);
        return said.out;
    }

    /// Runs podman.
    Said ask(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT, "podman"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    String log(String container) throws IOException, InterruptedException {
        return ask("logs", container).out;
    }

    String awaitLog(String container, String text) {
        return Await.value("\"" + text + "\" in the log of " + container, () -> log(container), l -> l.contains(text));
    }

    /// The exposition, asked for in the container's own network namespace.
    static String metrics(Container container) throws IOException, InterruptedException {
        return get(container, "/metrics");
    }

    /// Asked by a client on loopback.
    static String get(Container container, String path) throws IOException, InterruptedException {
        return run(List.of(
                        Needs.program("nsenter").toString(),
                        "-n",
                        "-t",
                        String.valueOf(container.pid()),
                        Needs.program("curl").toString(),
                        "-sS",
                        "http://127.0.0.1:10177" + path))
                .out;
    }

    private static Said run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out);
    }

    @Override
    public void close() throws IOException {
        try {
            for (String pod : List.copyOf(pods)) {
                ask("pod", "rm", "-f", "-t", "0", pod);
            }
            for (String deployment : deployments) { // podman keeps ConfigMaps as volumes
                String[] volumes = ask("volume", "ls", "-q", "--filter", "name=" + deployment)
                        .out()
                        .strip()
                        .split("\\s+");
                for (String volume : volumes) {
                    ask("volume", "rm", "-f", volume);
                }
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
