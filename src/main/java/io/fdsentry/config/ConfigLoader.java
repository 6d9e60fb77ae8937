package io.fdsentry.config;

import io.fdsentry.config.Config.Aggregate;
import io.fdsentry.config.Config.Detail;
import io.fdsentry.config.Config.Per;
import io.fdsentry.config.Config.Self;
import io.fdsentry.config.Config.Ui;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Reads `config.yaml`: absent keys get their defaults, and everything that is wrong is reported at once, with its
/// place.
///
/// An empty file is all defaults. `targets: []` says what an absent key says: every visible process. A key that is
/// given without a value is a problem, because it is more often a slip than a wish.
public final class ConfigLoader {
    private static final Duration YEARS = Duration.ofDays(3650);
    private static final Form<Duration> INTERVAL = Forms.duration(Duration.ofSeconds(1), Duration.ofHours(1));
    private static final Form<Duration> ANY_DURATION = Forms.duration(Duration.ZERO, YEARS);
    private static final Form<Duration> MAX_AGE = Forms.duration(Duration.ofSeconds(1), YEARS);
    private static final Form<Long> MAX_SIZE = Forms.size("1KB", "1PB");
    private static final Form<Double> BUDGET = Forms.positive(1);
    private static final Form<Integer> TOP = Forms.whole(0, 100);
    private static final Form<Integer> MAX_SERIES = Forms.whole(1, 10_000_000);
    private static final Form<Aggregate> AGGREGATE =
            Forms.choice(List.of(Aggregate.values()), aggregate -> switch (aggregate) {
                case ADDRESS_PORT -> "address:port";
                case ADDRESS -> "address";
            });
    private static final Form<Detail> DETAIL = Forms.choice(Detail.class);
    private static final Form<Per> PER = Forms.choice(Per.class);
    private static final Form<Self> SELF = Forms.choice(Self.class);
    private static final Form<Ui> UI = Forms.choice(Ui.class);

    private ConfigLoader() {}

    /// Reads a file with the variables of this process.
    public static Loaded<Config> load(Path file) {
        return load(file, System.getenv());
    }

    /// @param environment variables for `${NAME}`
    public static Loaded<Config> load(Path file, Map<String, String> environment) {
        return read(file.toString(), FileContent.of(file), environment);
    }

    /// Reads a text.
    ///
    /// @param file the name that problems carry
    /// @param environment variables for `${NAME}`
    public static Loaded<Config> parse(String file, String yaml, Map<String, String> environment) {
        Problems problems = new Problems(file);
        return read(YamlText.compose(yaml, problems), new Context(problems, new Expansion.Variables(environment)));
    }

    static Loaded<Config> read(String file, FileContent content, Map<String, String> environment) {
        Problems problems = new Problems(file);
        return read(YamlText.compose(content, problems), new Context(problems, new Expansion.Variables(environment)));
    }

    static Loaded<Config> read(@Nullable Node document, Context context) {
        Section root = root(document, context);
        Config config = config(root);
        root.end();
        context.finish();
        return context.problems().unless(config);
    }

    /// The keys at the top; none where the document is empty or no mapping.
    static Section root(@Nullable Node document, Context context) {
        Value value = document == null ? null : new Value(document, "", context);
        Section section = value == null || value.isNull() ? null : value.section();
        return section == null ? Section.absent("", context) : section;
    }

    private static Config config(Section root) {
        Config defaults = Config.DEFAULTS;
        Config.Sampling sampling = root.in("sampling", section -> sampling(section, defaults.sampling()));
        Value targets = root.value("targets");
        DetectionConfig detection =
                root.in("detection", section -> DetectionReader.read(section, defaults.detection()));
        Config.Peers peers = root.in("peers", section -> peers(section, defaults.peers()));
        Config.Metrics metrics = root.in("metrics", section -> metrics(section, defaults.metrics()));
        return new Config(
                sampling,
                targets == null
                        ? List.of()
                        : new TargetReader(detection, metrics.labels().keySet()).read(targets.list()),
                detection,
                peers,
                metrics,
                root.in("evidence", section -> evidence(section, defaults.evidence())),
                root.in("state", section -> new Config.State(section.findUnlessEmpty("directory", Forms.PATH))),
                root.in("web", section -> web(section, defaults.web())));
    }

    private static Config.Sampling sampling(Section section, Config.Sampling defaults) {
        return new Config.Sampling(
                section.get("interval", INTERVAL, defaults.interval()),
                section.get("budget", BUDGET, defaults.budget()),
                section.get("min_age", ANY_DURATION, defaults.minAge()));
    }

    private static Config.Peers peers(Section section, Config.Peers defaults) {
        return new Config.Peers(
                section.get("top", TOP, defaults.top()),
                section.get("resolve", Forms.FLAG, defaults.resolve()),
                section.get("aggregate", AGGREGATE, defaults.aggregate()));
    }

    private static Config.Metrics metrics(Section section, Config.Metrics defaults) {
        return new Config.Metrics(
                section.get("detail", DETAIL, defaults.detail()),
                section.get("per", PER, defaults.per()),
                section.get("max_series", MAX_SERIES, defaults.maxSeries()),
                section.get("self", SELF, defaults.self()),
                section.in("labels", labels -> ContractLabels.read(labels, Set.of(), "")));
    }

    private static Config.Evidence evidence(Section section, Config.Evidence defaults) {
        return new Config.Evidence(
                section.findUnlessEmpty("directory", Forms.PATH),
                section.get("max_size", MAX_SIZE, defaults.maxSizeBytes()),
                section.get("max_age", MAX_AGE, defaults.maxAge()),
                section.findUnlessEmpty("push_url", Forms.URL));
    }

    private static Config.Web web(Section section, Config.Web defaults) {
        return new Config.Web(
                section.get("lifecycle", Forms.FLAG, defaults.lifecycle()), section.get("ui", UI, defaults.ui()));
    }
}
