package io.fdsentry.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/// The shipped example, `deploy/k8s/examples/attached`, in a real pod: what `kubectl kustomize` makes of it,
/// but for what podman does not understand: a native sidecar is a container like the others.
///
/// @param deployment a name of its own, since others may run the tests on the same machine
/// @param rights what the sidecar's security context says besides
/// @param processor whether the sidecar has no more of the processor than is shipped: a JVM then takes many seconds
/// @param text what becomes of a file in a ConfigMap, by its name and content
/// @param command what the app runs; null for what is shipped
record SampleApp(
        String deployment,
        Map<String, Object> rights,
        boolean processor,
        BinaryOperator<String> text,
        @Nullable Object command) {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// As it is shipped, with shorter rounds.
    static SampleApp shipped() {
        return new SampleApp(
                "leaky-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet(),
                Map.of(),
                true,
                (file, shipped) -> file.equals("config.yaml") ? "sampling: {interval: 1s}\n" + shipped : shipped,
                null);
    }

    /// With all the processor it can get.
    SampleApp quick() {
        return new SampleApp(deployment, rights, false, text, command);
    }

    SampleApp with(Map<String, Object> others) {
        return new SampleApp(deployment, others, processor, text, command);
    }

    SampleApp with(BinaryOperator<String> others) {
        return new SampleApp(deployment, rights, processor, others, command);
    }

    SampleApp running(Object other) {
        return new SampleApp(deployment, rights, processor, text, other);
    }

    String pod() {
        return deployment + "-pod-0";
    }

    String app() {
        return pod() + "-leaky";
    }

    String sidecar() {
        return pod() + "-fdsentry";
    }

    /// Starts it.
    ///
    /// @param folder where its manifests may be written
    void play(Podman podman, Path folder) throws Exception {
        List<Object> made = new ArrayList<>();
        for (Manifest one : Manifest.render(Manifest.K8S.resolve("examples/attached"))) {
            switch (String.valueOf(one.at("kind"))) {
                case "ConfigMap" -> made.add(changed(one));
                case "Deployment" -> made.add(playable(one));
                default -> {}
            }
        }
        Path file = folder.resolve("pod.yaml");
        Files.writeString(file, new Yaml().dumpAll(made.iterator()));
        podman.play(file, deployment);
    }

    @SuppressWarnings("unchecked")
    private Object changed(Manifest map) {
        ((Map<String, Object>) map.map("metadata")).put("name", own(map.at("metadata.name")));
        Map<String, Object> data = (Map<String, Object>) map.map("data");
        data.replaceAll((file, shipped) -> text.apply(file, String.valueOf(shipped)));
        return map.content();
    }

    /// podman keeps a ConfigMap in a volume of its name, which every pod would share.
    private String own(@Nullable Object configMap) {
        return deployment + "-" + configMap;
    }

    @SuppressWarnings("unchecked")
    private Object playable(Manifest manifest) {
        ((Map<String, Object>) manifest.map("metadata")).put("name", deployment);
        Map<String, Object> spec = (Map<String, Object>) manifest.map("spec.template.spec");
        Map<String, Object> added = (Map<String, Object>)
                manifest.list("spec.template.spec.initContainers").getFirst();
        spec.remove("initContainers");
        added.remove("restartPolicy");
        added.remove("ports");
        added.put("image", Podman.IMAGE);
        ((Map<String, Object>) new Manifest(added).map("securityContext")).putAll(rights);
        List<Object> containers = (List<Object>) manifest.list("spec.template.spec.containers");
        if (command != null) {
            ((Map<String, Object>) manifest.under("spec.template.spec.containers.leaky")
                            .content())
                    .put("command", command);
        }
        for (Object volume : manifest.list("spec.template.spec.volumes")) {
            Manifest map = new Manifest(volume);
            if (map.at("configMap.name") != null) {
                ((Map<String, Object>) map.map("configMap")).put("name", own(map.at("configMap.name")));
            }
        }
        containers.addFirst(added);
        for (Object container : containers) {
            ((Map<String, Object>) container).put("imagePullPolicy", "Never");
            if (!processor) {
                ((Map<String, Object>) container).put("resources", memoryOnly(new Manifest(container)));
            }
        }
        return manifest.content();
    }

    private static Map<String, Object> memoryOnly(Manifest container) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("limits", Map.of("memory", String.valueOf(container.at("resources.limits.memory"))));
        return resources;
    }
}
