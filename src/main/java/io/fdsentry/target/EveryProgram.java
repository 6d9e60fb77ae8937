package io.fdsentry.target;

import com.google.re2j.Pattern;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.GoroutineSource;
import io.fdsentry.config.Selector;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.TargetSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Without configured targets: every process that can be seen, by the file name of its executable, else its comm;
/// but not fdsentry itself, nor what holds the namespaces of a pod, nor pods that have a fdsentry of their own.
final class EveryProgram implements Plan {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-zA-Z0-9_.-]");
    private static final Selector ANY = new Selector(null, null, null, null, null, null, null, null, null, null, null);

    private final DetectionConfig detection;
    private Map<String, TargetConfig> programs = Map.of();

    EveryProgram(DetectionConfig detection) {
        this.detection = detection;
    }

    @Override
    public List<TargetSample> assign(Census census, World world) {
        Map<String, TargetConfig> current = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        OwnWatch elsewhere = OwnWatch.of(census, world);
        for (Known known : census.live()) {
            boolean left = world.isSelf(known) || known.facts().isPause() || elsewhere.watches(known);
            known.owner = null;
            if (!left && known.describe(world.names())) {
                TargetConfig program = program(known, current);
                known.owner = program;
                counts.merge(program.name(), 1, Integer::sum);
            }
        }
        programs = current;
        List<TargetSample> samples = new ArrayList<>();
        counts.forEach((name, count) -> samples.add(new TargetSample(name, count, 0, detection.timeScale())));
        return samples;
    }

    @Override
    public boolean keeps(String name, Plan earlier) {
        return earlier instanceof EveryProgram;
    }

    private TargetConfig program(Known known, Map<String, TargetConfig> current) {
        TargetConfig group = known.group;
        String name = group != null ? group.name() : name(known.facts().command());
        TargetConfig program = current.computeIfAbsent(name, this::target);
        known.group = program;
        return program;
    }

    private TargetConfig target(String name) {
        TargetConfig known = programs.get(name);
        return known != null
                ? known
                : new TargetConfig(
                        name, ANY, List.of(), false, new GoroutineSource.Off(), Set.of(), Map.of(), detection);
    }

    /// As the names of configured targets are: `[a-zA-Z0-9_.-]+`.
    static String name(String command) {
        return command.isEmpty() ? "_" : NOT_IN_NAMES.matcher(command).replaceAll("_");
    }
}
