package io.fdsentry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The `config.yaml` that is shipped: all keys, with their defaults.
class ShippedConfigTest {
    private static final Path FILE = Path.of("config.yaml");
    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^#(?=targets:|  )");

    /// Examples of values under keys that are empty by default.
    private static final Set<String> NOT_BY_DEFAULT = Set.of(
            "targets[].match.pid",
            "targets[].match.pid_file",
            "targets[].match.listen_port",
            "targets[].match.exe",
            "targets[].match.cmdline",
            "targets[].match.cgroup",
            "targets[].match.container",
            "targets[].match.pod",
            "targets[].match.namespace",
            "targets[].match.workload");

    @Test
    void asInstalledItSaysWhatIsInForceWithoutIt() throws IOException {
        assertEquals(
                Config.DEFAULTS, Loading.value(ConfigLoader.parse("config.yaml", Files.readString(FILE), Map.of())));
    }

    @Test
    void itsExampleIsATargetWithTheDefaults() throws IOException {
        Config config = Loading.value(ConfigLoader.parse("config.yaml", withExample(), Map.of()));
        assertEquals(List.of(ruler()), config.targets());
    }

    @Test
    void itHasEveryKeyThereIs() throws IOException {
        Problems problems = new Problems("config.yaml");
        Context context = new Context(problems, new Expansion.Variables(Map.of()));
        Node document = Objects.requireNonNull(YamlText.compose(withExample(), problems));
        ConfigLoader.read(document, context);
        Set<String> keys = new TreeSet<>(context.keys());
        keys.removeAll(NOT_BY_DEFAULT);
        keys.removeIf(key -> key.startsWith("targets[].detection."));
        Set<String> written = new TreeSet<>();
        collect(document, "", written);
        assertEquals(keys, written);
    }

    @Test
    void theFormOfTheContractIsAcceptedAsItStands() {
        Config config = Loading.valid("""
                sampling:
                  interval: 15s             # 1s to 1h
                  budget: 0.05
                  min_age: 0s
                targets:                    # without this key: everything
                  - name: ruler             # unique
                    match:                  # all must hold
                      comm: ruler           # any of: pid,
                                            # comm
                    exclude: []
                    children: false
                    goroutines: native      # or {pprof: URL}
                    require: []
                    labels: {}
                    detection: {}
                detection:
                  stuck_after: 5m
                  idle_after: 30m
                  blocked_after: 10m
                  page_before: 12h
                  time_scale: 1
                peers:
                  top: 10
                  resolve: false
                  aggregate: address:port   # or: address
                metrics:
                  detail: auto
                  per: process
                  max_series: 20000
                  self: full
                  labels: {}
                evidence:
                  directory: ""
                  max_size: 100MB
                  max_age: 30d
                  push_url: ""
                state:
                  directory: ""
                web:
                  lifecycle: false
                  ui: auto
                """);
        Config defaults = Config.DEFAULTS;
        assertEquals(
                new Config(
                        defaults.sampling(),
                        List.of(ruler()),
                        defaults.detection(),
                        defaults.peers(),
                        defaults.metrics(),
                        defaults.evidence(),
                        defaults.state(),
                        defaults.web()),
                config);
    }

    private static TargetConfig ruler() {
        return Loading.valid("targets: [{name: ruler, match: {comm: ruler}}]")
                .targets()
                .getFirst();
    }

    private static String withExample() throws IOException {
        String text = Files.readString(FILE).replace("\ntargets: []\n", "\n");
        return COMMENTED_KEY.matcher(text).replaceAll("");
    }

    private static void collect(Node node, String path, Set<String> keys) {
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                    String keyPath = path.isEmpty() ? key : path + "." + key;
                    keys.add(keyPath);
                    collect(tuple.getValueNode(), keyPath, keys);
                }
            }
            case SequenceNode list -> list.getValue().forEach(item -> collect(item, path + "[]", keys));
            default -> {}
        }
    }
}
