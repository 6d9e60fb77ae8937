package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.ListenAddress;
import io.fdsentry.config.Config;
import io.fdsentry.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What no schema sees of the DaemonSet and of monitoring, and that the Helm chart says the same.
@Tag("real")
class NodeManifestTest {
    private static final String POD = "spec.template.spec";
    private static final String CONTAINER = POD + ".containers.fdsentry";
    private static final Path CHART = Path.of("deploy/helm/fdsentry");

    @Test
    void itsPodsAreItsOwnAndFound() throws Exception {
        Manifest node = node("daemonset");
        var labels = node.map("spec.template.metadata.labels").entrySet();
        assertTrue(labels.containsAll(node.map("spec.selector.matchLabels").entrySet()));
        Manifest monitor = Manifest.read(Manifest.K8S.resolve("monitoring/podmonitor-daemonset.yaml"));
        assertTrue(labels.containsAll(monitor.map("spec.selector.matchLabels").entrySet()));
        assertEquals(true, monitor.at("spec.podMetricsEndpoints.0.honorLabels"));
        assertEquals(node.at(CONTAINER + ".ports.0.name"), monitor.at("spec.podMetricsEndpoints.0.port"));
        assertEquals(ListenAddress.DEFAULT.port(), node.at(CONTAINER + ".ports.0.containerPort"));
        Manifest policy = Manifest.the(rendered("daemonset"), "NetworkPolicy", "fdsentry");
        assertEquals("fdsentry", policy.at("metadata.namespace"));
        assertTrue(labels.containsAll(policy.map("spec.podSelector.matchLabels").entrySet()));
        assertEquals("fdsentry", policy.at("spec.ingress.0.ports.0.port"));
    }

    @Test
    void itSeesTheNodeAndWritesOnlyWhereItsEvidenceIs() throws Exception {
        Manifest node = node("daemonset");
        assertEquals(true, node.at(POD + ".hostPID"));
        assertEquals(false, node.at(POD + ".automountServiceAccountToken"));
        assertEquals("Exists", node.at(POD + ".tolerations.0.operator"));
        assertTrue(node.list(CONTAINER + ".args").contains("--path.rootfs=/host"));
        var mounts = SidecarManifestTest.mounts(node.under(CONTAINER));
        assertEquals("/host/var/log/pods", mounts.get("pod-logs"));
        assertEquals("/host/var/log/containers", mounts.get("container-logs"));
        for (Object mount : node.list(CONTAINER + ".volumeMounts")) {
            Manifest one = new Manifest(mount);
            assertEquals("state".equals(one.at("name")) ? null : true, one.at("readOnly"), mount.toString());
        }
        assertEquals(mounts.keySet(), names(node.list(POD + ".volumes")));
        Config config = SidecarManifestTest.config(Manifest.K8S.resolve("daemonset/config.yaml"));
        assertEquals(Path.of(mounts.get("state"), "evidence"), config.evidence().directory());
        assertFalse(config.namesTargets());
        assertTrue(config.sampling().minAge().toSeconds() > 0);
    }

    @Test
    void tierThreeAddsOneCapabilityAndNothingElse() throws Exception {
        Manifest two = node("daemonset");
        Manifest three = node("daemonset-tier3");
        String add = CONTAINER + ".securityContext.capabilities.add";
        assertEquals(List.of("SYS_PTRACE", "DAC_READ_SEARCH"), two.at(add));
        assertEquals(List.of("SYS_PTRACE", "DAC_READ_SEARCH", "SYS_ADMIN"), three.at(add));
        assertEquals(two.toString().replace("DAC_READ_SEARCH]", "DAC_READ_SEARCH, SYS_ADMIN]"), three.toString());
    }

    @Test
    void rulesAndDashboardsAreTheVeryOnes() throws Exception {
        Manifest.run("scripts/monitoring.sh", "--check");
        List<Manifest> monitoring = rendered("monitoring");
        Manifest rules = Manifest.the(monitoring, "PrometheusRule", "fdsentry");
        assertEquals(
                Manifest.read(Path.of("deploy/prometheus/fdsentry.rules.yml")).at("groups"), rules.at("spec.groups"));
        Manifest history = Manifest.the(rendered("monitoring-history"), "PrometheusRule", "fdsentry-history");
        assertEquals(
                Manifest.read(Path.of("deploy/prometheus/fdsentry-history.rules.yml"))
                        .at("groups"),
                history.at("spec.groups"));
        try (Stream<Path> files = Files.list(Path.of("grafana"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).toList()) {
                String name = file.getFileName().toString();
                String dashboard =
                        name.replace("fdsentry-", "fdsentry-dashboard-").replace(".json", "");
                Manifest made = Manifest.the(monitoring, "ConfigMap", dashboard);
                assertEquals(Files.readString(file), made.map("data").get(name));
                assertEquals("1", made.at("metadata.labels.grafana_dashboard"));
            }
        }
    }

    @Test
    void theChartMakesTheSame() throws Exception {
        List<Manifest> wanted = new ArrayList<>(rendered("daemonset"));
        wanted.addAll(rendered("monitoring"));
        assertEquals(texts(wanted), texts(chart()));
        wanted.removeIf(one -> "DaemonSet".equals(one.at("kind")));
        wanted.add(node("daemonset-tier3"));
        assertEquals(texts(wanted), texts(chart("--set", "tier=3")));
    }

    private static List<Manifest> chart(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Needs.program("helm").toString(), "template", "fdsentry", CHART.toString(), "--namespace", "fdsentry"));
        command.addAll(List.of(more));
        return Manifest.parse(Manifest.run(command.toArray(String[]::new)));
    }

    /// Each as text with sorted keys, sorted.
    private static String texts(List<Manifest> all) {
        TreeSet<String> texts = new TreeSet<>();
        all.forEach(one -> texts.add(sorted(one.content()).toString()));
        return String.join("\n", texts);
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case java.util.Map<?, ?> map -> {
                java.util.TreeMap<String, Object> sorted = new java.util.TreeMap<>();
                map.forEach((key, one) -> sorted.put(String.valueOf(key), one == null ? "null" : sorted(one)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(NodeManifestTest::sorted).toList();
            default -> value;
        };
    }

    private static Set<String> names(List<?> named) {
        Set<String> names = new TreeSet<>();
        named.forEach(one -> names.add(String.valueOf(new Manifest(one).at("name"))));
        return names;
    }

    private static List<Manifest> rendered(String directory) throws Exception {
        return Manifest.render(Manifest.K8S.resolve(directory));
    }

    private static Manifest node(String directory) throws Exception {
        return Manifest.the(rendered(directory), "DaemonSet", "fdsentry");
    }
}
