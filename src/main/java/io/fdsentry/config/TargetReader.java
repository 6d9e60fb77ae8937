package io.fdsentry.config;

import com.google.re2j.Pattern;
import io.fdsentry.model.Probe;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the list under `targets`.
final class TargetReader {
    private static final int MAX_PID = 1 << 22;
    private static final int MAX_PORT = 65_535;
    private static final int COMM_BYTES = 15;
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final java.util.regex.Pattern NO_META = java.util.regex.Pattern.compile("[^\\\\.+*?()|\\[\\]{}^$]*");
    private static final Form<String> TARGET_NAME = new Form<>("a name", Form.Style.TEXT, TargetReader::name);
    private static final Form<Pattern> COMM = new Form<>("an RE2 expression", Form.Style.TEXT, TargetReader::comm);
    private static final Form<Probe> PROBE = Forms.choice(List.of(Probe.values()), Probe::label);
    private static final List<GoroutineSource> SOURCES =
            List.of(new GoroutineSource.Native(), new GoroutineSource.Auto(), new GoroutineSource.Off());
    private static final Form<GoroutineSource> SOURCE =
            Forms.choice(SOURCES, source -> source.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    private static final Selector NOTHING =
            new Selector(null, null, null, null, null, null, null, null, null, null, null);

    private final DetectionConfig detection;
    private final Set<String> labelsOfAll;
    private final Map<String, Integer> lineOfName = new HashMap<>();

    /// @param detection in force where a target does not override it
    /// @param labelsOfAll names of the labels that every series has
    TargetReader(DetectionConfig detection, Set<String> labelsOfAll) {
        this.detection = detection;
        this.labelsOfAll = labelsOfAll;
    }

    List<TargetConfig> read(List<Value> values) {
        List<TargetConfig> targets = new ArrayList<>();
        for (Value value : values) {
            Section section = value.section();
            if (section != null) {
                targets.add(target(section));
                section.end();
            }
        }
        return targets;
    }

    private TargetConfig target(Section section) {
        String name = section.require("name", TARGET_NAME);
        if (name != null) {
            checkUnique(name, section);
        }
        return new TargetConfig(
                name == null ? "" : name,
                match(section),
                section.list("exclude").stream().map(TargetReader::selector).toList(),
                section.get("children", Forms.FLAG, false),
                goroutines(section),
                probes(section.list("require")),
                section.in("labels", labels -> ContractLabels.read(labels, labelsOfAll, "metrics.labels")),
                section.in("detection", overrides -> DetectionReader.read(overrides, detection)));
    }

    private void checkUnique(String name, Section section) {
        Value value = section.value("name");
        int line = value == null ? 0 : value.place().line();
        Integer first = lineOfName.putIfAbsent(name, line);
        if (first != null && value != null) {
            value.problem("another target is named " + Quoted.of(name) + ", in line " + first);
        }
    }

    private static Selector match(Section target) {
        Value value = target.value("match");
        if (value == null) {
            target.problem("has no match, which says what processes it is about");
            return NOTHING;
        }
        return selector(value);
    }

    private static Selector selector(Value value) {
        Section section = value.section();
        if (section == null) {
            return NOTHING;
        }
        Selector selector = new Selector(
                section.find("pid", Forms.whole(1, MAX_PID)),
                section.find("pid_file", Forms.PATH),
                section.find("listen_port", Forms.whole(1, MAX_PORT)),
                section.find("comm", COMM),
                section.find("exe", Forms.REGEX),
                section.find("cmdline", Forms.REGEX),
                section.find("cgroup", Forms.REGEX),
                section.find("container", Forms.REGEX),
                section.find("pod", Forms.REGEX),
                section.find("namespace", Forms.REGEX),
                section.find("workload", Forms.REGEX));
        if (section.isEmpty()) {
            section.problem("has no condition, so every process would match");
        }
        section.end();
        return selector;
    }

    private static GoroutineSource goroutines(Section target) {
        Value value = target.value("goroutines");
        GoroutineSource source =
                value == null ? SOURCES.getFirst() : value.isMapping() ? url(value) : value.read(SOURCE);
        return source == null ? SOURCES.getFirst() : source;
    }

    private static @Nullable GoroutineSource url(Value value) {
        Section section = value.section();
        if (section == null) {
            return null;
        }
        URI pprof = section.find("pprof", Forms.URL);
        URI metrics = section.find("metrics", Forms.URL);
        section.end();
        if (section.isEmpty() || section.value("pprof") != null && section.value("metrics") != null) {
            section.problem("must have one key, pprof or metrics");
        }
        return pprof != null
                ? new GoroutineSource.Pprof(pprof)
                : metrics == null ? null : new GoroutineSource.Metrics(metrics);
    }

    private static Set<Probe> probes(List<Value> values) {
        Set<Probe> probes = EnumSet.noneOf(Probe.class);
        for (Value value : values) {
            Probe probe = value.read(PROBE);
            if (probe != null && !probes.add(probe)) {
                value.problem(Quoted.of(probe.label()) + " is listed twice");
            }
        }
        return probes;
    }

    private static String name(String text) throws BadValue {
        if (!NAME.matcher(text).matches()) {
            throw new BadValue(Quoted.of(text) + " is not a name: letters, digits, _ . and -, at least one");
        }
        return text;
    }

    /// A name without any special character that is longer than the kernel keeps can never match.
    private static Pattern comm(String text) throws BadValue {
        if (NO_META.matcher(text).matches() && text.getBytes(StandardCharsets.UTF_8).length > COMM_BYTES) {
            throw new BadValue(Quoted.of(text) + " can never match: the kernel keeps 15 bytes of a name; use "
                    + Quoted.of(text.substring(0, COMM_BYTES)) + " or exe");
        }
        return Regex.compile(text);
    }
}
