package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.ListenAddress;
import io.fdsentry.config.Config;
import io.fdsentry.config.ConfigLoader;
import io.fdsentry.config.Loaded;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What no schema sees of the sidecar: it fails open, and its parts fit together.
@Tag("real")
class SidecarManifestTest {
    private static final String POD = "spec.template.spec";
    private static final String SIDECAR = POD + ".initContainers.fdsentry";
    private static final Path EXAMPLE = Manifest.K8S.resolve("examples/attached");
    private static final Path EVERYTHING = Path.of("src/test/k8s/overlays/everything");

    @Test
    void nothingOfThePodWaitsForIt() throws Exception {
        Manifest app = app();
        Manifest sidecar = app.under(SIDECAR);
        assertEquals("Always", sidecar.at("restartPolicy"));
        for (String waiting : List.of("startupProbe", "readinessProbe", "livenessProbe", "lifecycle")) {
            assertNull(sidecar.at(waiting), waiting);
        }
        assertEquals(true, app.at(POD + ".volumes.fdsentry-config.configMap.optional"));
        assertTrue(sidecar.list("args").contains("--config.on-error=defaults"));
        assertEquals(true, app.at(POD + ".shareProcessNamespace"));
    }

    @Test
    void itTakesNoClassOfServiceFromThePodAndKeepsItMovable() throws Exception {
        Manifest app = app();
        Manifest resources = app.under(SIDECAR + ".resources");
        assertEquals(resources.at("requests"), resources.at("limits"));
        assertEquals(2, resources.map("limits").size());
        assertEquals(
                "fdsentry-evidence",
                app.at("spec.template.metadata.annotations"
                        + ".cluster-autoscaler!kubernetes!io/safe-to-evict-local-volumes"));
    }

    @Test
    void itsEvidenceStaysWellBelowTheSizeAtWhichThePodWouldBeEvicted() throws Exception {
        Manifest volume = app().under(POD + ".volumes.fdsentry-evidence");
        assertEquals("128Mi", volume.at("emptyDir.sizeLimit"));
        Config config = config(EXAMPLE.resolve("config.yaml"));
        assertTrue(config.evidence().maxSizeBytes() <= (128L << 20) * 3 / 4);
        assertEquals(Path.of("/var/lib/fdsentry/evidence"), config.evidence().directory());
        assertTrue(mounts(app().under(SIDECAR)).containsValue("/var/lib/fdsentry"));
    }

    @Test
    void itHasTheLeastRightsAndTheAppsOwnUser() throws Exception {
        Manifest rights = app().under(SIDECAR + ".securityContext");
        assertEquals(false, rights.at("allowPrivilegeEscalation"));
        assertEquals(true, rights.at("readOnlyRootFilesystem"));
        assertEquals(List.of("ALL"), rights.at("capabilities.drop"));
        assertNull(rights.at("capabilities.add"));
        assertEquals("RuntimeDefault", rights.at("seccompProfile.type"));
        assertNull(rights.at("runAsUser"), "the pod's");
        assertEquals(10001, app().at(POD + ".securityContext.runAsUser"));
        assertEquals(10001, app().at(POD + ".securityContext.runAsGroup"));
    }

    @Test
    void whatIsToBeScrapedIsFound() throws Exception {
        Manifest monitor = Manifest.read(Manifest.K8S.resolve("monitoring/podmonitor-sidecar.yaml"));
        Manifest sidecar = app().under(SIDECAR);
        assertEquals(sidecar.at("ports.0.name"), monitor.at("spec.podMetricsEndpoints.0.port"));
        assertEquals(ListenAddress.DEFAULT.port(), sidecar.at("ports.0.containerPort"));
        assertTrue(app().map("spec.template.metadata.labels")
                .entrySet()
                .containsAll(monitor.map("spec.selector.matchLabels").entrySet()));
        assertNull(monitor.at("spec.podMetricsEndpoints.0.honorLabels"));
    }

    @Test
    void theAppIsLeftAsItWas() throws Exception {
        Manifest before = Manifest.the(Manifest.render(Manifest.K8S.resolve("examples/leaky")), "Deployment", "leaky");
        assertEquals(before.at(POD + ".containers"), app().at(POD + ".containers"));
        assertEquals(before.at("spec.selector"), app().at("spec.selector"));
        assertEquals(before.at(POD + ".securityContext"), app().at(POD + ".securityContext"));
    }

    @Test
    void everyKindOfWorkloadGetsItButThoseThatDoNotWantIt() throws Exception {
        List<Manifest> all = Manifest.render(EVERYTHING);
        for (var one : Map.of("api", "Deployment", "db", "StatefulSet", "agent", "DaemonSet")
                .entrySet()) {
            Manifest workload = Manifest.the(all, one.getValue(), one.getKey());
            Manifest rights = workload.under(SIDECAR + ".securityContext");
            assertEquals(0, rights.at("runAsUser"));
            assertEquals(List.of("ALL"), rights.at("capabilities.drop"));
            assertEquals(List.of("SYS_PTRACE", "DAC_READ_SEARCH"), rights.at("capabilities.add"));
            Manifest annotations = workload.under("spec.template.metadata.annotations");
            assertEquals("10177", annotations.at("traffic!sidecar!istio!io/excludeInboundPorts"));
            assertEquals("10177", annotations.at("config!linkerd!io/skip-inbound-ports"));
        }
        Manifest alone = Manifest.the(all, "Deployment", "alone");
        assertFalse(alone.toString().contains("10177"), alone.toString());
        assertNull(alone.at(POD + ".shareProcessNamespace"));
        assertTrue(Manifest.the(all, "Deployment", "api").at(POD + ".initContainers.migrate") != null);
    }

    @Test
    void thePresetForMeshProxiesIsAConfiguration() {
        Config config = config(Manifest.K8S.resolve("sidecar/mesh-proxy.yaml"));
        assertEquals("mesh-proxy", config.targets().getFirst().name());
    }

    static Config config(Path file) {
        return switch (ConfigLoader.load(file)) {
            case Loaded.Valid<Config>(Config config) -> config;
            case Loaded.Invalid<Config>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    static Map<String, String> mounts(Manifest container) {
        Map<String, String> mounts = new java.util.TreeMap<>();
        for (Object mount : container.list("volumeMounts")) {
            Manifest one = new Manifest(mount);
            mounts.put(String.valueOf(one.at("name")), String.valueOf(one.at("mountPath")));
        }
        return mounts;
    }

    private static Manifest app() throws Exception {
        return Manifest.the(Manifest.render(EXAMPLE), "Deployment", "leaky");
    }
}
