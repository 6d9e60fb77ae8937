package io.fdsentry.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/kubernetes.md` tells to write and to run works as it stands there; its walk to the page is
/// [FromNothingIT].
@Tag("real")
class KubernetesDocTest {
    private static final Path DOC = Path.of("docs/kubernetes.md");
    private static final String SIDECAR = "spec.template.spec.initContainers.fdsentry";

    @TempDir
    Path folder;

    @Test
    void theOverlayItShowsAttachesFdsentry() throws Exception {
        Manifest rights = overlay(yaml(0) + yaml(1)).under(SIDECAR + ".securityContext");
        assertEquals(1000, rights.at("runAsUser"));
        assertEquals(3000, rights.at("runAsGroup"));
    }

    @Test
    void whatItShowsCommentedOutFitsToo() throws Exception {
        Manifest shop = overlay(yaml(0).replace("  # - ", "  - "));
        assertEquals(0, shop.at(SIDECAR + ".securityContext.runAsUser"));
        assertEquals(
                "10177", shop.at("spec.template.metadata.annotations.traffic!sidecar!istio!io/excludeInboundPorts"));
    }

    @Test
    void theCommandsForTheNodeMakeIt() throws Exception {
        List<String> commands = commands("## The DaemonSet");
        assertEquals(2, commands.size(), commands::toString);
        String apply = "kubectl apply -k deploy/k8s/daemonset            # or daemonset-tier3";
        assertEquals(apply, commands.getFirst());
        Set<String> wanted = kinds(Manifest.render(Manifest.K8S.resolve("daemonset")));
        String install = commands.getLast();
        assertTrue(install.startsWith("helm install "), install);
        String[] words = install.replace("helm install", Needs.program("helm") + " template")
                .split("\\s+");
        Set<String> made = kinds(Manifest.parse(Manifest.run(words)));
        assertTrue(wanted.remove("Namespace"));
        assertTrue(made.containsAll(wanted), made::toString);
        assertFalse(made.contains("Namespace"));
    }

    @Test
    void theImageItBuildsTakesWhatIsHandedOver() throws Exception {
        List<String> commands = commands("## The image");
        assertTrue(commands.getFirst().startsWith("mvn ") && commands.getFirst().endsWith(" package"));
        String build = commands.get(1);
        assertTrue(build.matches("docker build -t REGISTRY/fdsentry:\\S+ --build-arg REVISION=.* \\. .*"), build);
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertTrue(dockerfile.contains("ARG REVISION"));
        assertTrue(dockerfile.contains("ARG VERSION=" + build.replaceAll(".*/fdsentry:(\\S+) .*", "$1") + "\n"));
    }

    @Test
    void whatItLinksToIsThere() throws IOException {
        Matcher links = Pattern.compile("]\\((\\.\\./[^)#]+)").matcher(Files.readString(DOC));
        while (links.find()) {
            assertTrue(Files.exists(DOC.resolveSibling(links.group(1))), links.group(1));
        }
    }

    /// The shop of the document with an overlay, as kustomize makes it.
    private Manifest overlay(String overlay) throws Exception {
        Path base = Files.createDirectories(folder.resolve("base"));
        Files.writeString(base.resolve("kustomization.yaml"), "resources: [shop.yaml]\n");
        Files.writeString(base.resolve("shop.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec:
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec: {containers: [{name: shop, image: shop}]}
                """);
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Path repository = mine.toRealPath().relativize(Path.of("").toRealPath());
        Files.writeString(mine.resolve("kustomization.yaml"), overlay.replace("REPOSITORY", repository.toString()));
        return Manifest.the(Manifest.render(mine), "Deployment", "shop");
    }

    private static String yaml(int number) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```yaml\n(.*?)^```$").matcher(Files.readString(DOC));
        return block.results().skip(number).findFirst().orElseThrow().group(1);
    }

    /// The indented lines of a section.
    private static List<String> commands(String heading) throws IOException {
        String text = Files.readString(DOC);
        String from = text.substring(text.indexOf(heading + "\n") + heading.length());
        try (Stream<String> lines = from.substring(0, from.indexOf("\n## ")).lines()) {
            return lines.filter(line -> line.startsWith("    "))
                    .map(String::strip)
                    .toList();
        }
    }

    private static Set<String> kinds(List<Manifest> all) {
        Set<String> kinds = new TreeSet<>();
        all.forEach(one -> kinds.add(String.valueOf(one.at("kind"))));
        return kinds;
    }
}
