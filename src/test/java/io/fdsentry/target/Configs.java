package io.fdsentry.target;

import com.google.re2j.Pattern;
import io.fdsentry.config.Config;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.GoroutineSource;
import io.fdsentry.config.Selector;
import io.fdsentry.config.TargetConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Configurations in a line or two, for tests.
final class Configs {
    private Configs() {}

    static Config of(TargetConfig... targets) {
        Config d = Config.DEFAULTS;
        return new Config(
                d.sampling(),
                List.of(targets),
                d.detection(),
                d.peers(),
                d.metrics(),
                d.evidence(),
                d.state(),
                d.web());
    }

    /// A target of which all conditions such as `comm: nginx` hold, none of those behind `exclude` does;
    /// `children` adds its descendants.
    static TargetConfig target(String name, String... lines) {
        List<String> match = new ArrayList<>();
        List<Selector> exclude = new ArrayList<>();
        boolean children = false;
        for (String line : lines) {
            if (line.startsWith("exclude ")) {
                exclude.add(selector(List.of(line.substring("exclude ".length()))));
            } else if (line.equals("children")) {
                children = true;
            } else {
                match.add(line);
            }
        }
        return new TargetConfig(
                name,
                selector(match),
                exclude,
                children,
                new GoroutineSource.Off(),
                Set.of(),
                Map.of(),
                DetectionConfig.DEFAULTS);
    }

    private static Selector selector(List<String> lines) {
        Map<String, String> keys = new TreeMap<>();
        lines.forEach(line -> keys.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
        Selector selector = new Selector(
                keys.containsKey("pid") ? Integer.valueOf(keys.remove("pid")) : null,
                keys.containsKey("pid_file") ? Path.of(keys.remove("pid_file")) : null,
                keys.containsKey("listen_port") ? Integer.valueOf(keys.remove("listen_port")) : null,
                pattern(keys.remove("comm")),
                pattern(keys.remove("exe")),
                pattern(keys.remove("cmdline")),
                pattern(keys.remove("cgroup")),
                pattern(keys.remove("container")),
                pattern(keys.remove("pod")),
                pattern(keys.remove("namespace")),
                pattern(keys.remove("workload")));
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + keys);
        }
        return selector;
    }

    private static @Nullable Pattern pattern(@Nullable String text) {
        return text == null ? null : Pattern.compile(text, Pattern.DOTALL);
    }
}
