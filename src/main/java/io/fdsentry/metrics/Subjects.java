package io.fdsentry.metrics;

import io.fdsentry.config.Config;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Board;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Verdict;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a round has series of its own, and the labels they carry: each process, or each target.
final class Subjects {
    private static final Set<String> RESERVED = Family.reservedLabels();

    private final Board board;
    private final Config config;
    private final Map<String, Map<String, String>> targetLabels;
    private final Map<String, String> constant;
    private final boolean inCluster;

    Subjects(Board board, Config config) {
        this.board = board;
        this.config = config;
        this.targetLabels = config.targets().stream()
                .collect(Collectors.toMap(TargetConfig::name, target -> constant(target.labels()), (a, b) -> a));
        this.constant = constant(config.metrics().labels());
        this.inCluster = board.snapshot().processes().stream()
                .anyMatch(process -> !process.container().pod().isEmpty());
    }

    List<Subject> all() {
        return switch (config.metrics().per()) {
            case PROCESS -> processes();
            case TARGET -> targets();
        };
    }

    /// Labels of a series that tells of no target.
    Labels constant() {
        return labels(constant);
    }

    /// Labels of a series that tells of a target: the constant ones, the target's own, and its name.
    Labels ofTarget(String target) {
        return labels(targetLabelMap(target));
    }

    private List<Subject> processes() {
        Map<Integer, ProcessSample> newestOfPid = new LinkedHashMap<>();
        for (ProcessSample process : board.snapshot().processes()) {
            if (isOldEnough(process)) {
                newestOfPid.merge(process.id().pid(), process, (a, b) -> a.id().compareTo(b.id()) > 0 ? a : b);
            }
        }
        return newestOfPid.values().stream().map(this::process).toList();
    }

    private boolean isOldEnough(ProcessSample process) {
        Duration age = Duration.between(process.startTime(), board.snapshot().at());
        return age.compareTo(config.sampling().minAge()) >= 0
                || config.sampling().minAge().isZero();
    }

    private Subject process(ProcessSample process) {
        Map<String, String> labels = targetLabelMap(process.target());
        labels.put("pid", Integer.toString(process.id().pid()));
        if (inCluster) {
            ContainerName name = process.container();
            labels.put("namespace", LabelText.of(name.namespace()));
            labels.put("pod", LabelText.of(name.pod()));
            labels.put("container", LabelText.of(name.container()));
        }
        return new Subject(
                labels(labels),
                process,
                board.verdicts().getOrDefault(process.id(), List.of()),
                findings(List.of(process)));
    }

    private List<Subject> targets() {
        Map<String, List<ProcessSample>> byTarget = board.snapshot().processes().stream()
                .collect(Collectors.groupingBy(p -> LabelText.of(p.target()), TreeMap::new, Collectors.toList()));
        return byTarget.values().stream().map(this::target).toList();
    }

    private Subject target(List<ProcessSample> processes) {
        Map<Resource, Verdict> verdicts = new EnumMap<>(Resource.class);
        for (ProcessSample process : processes) {
            board.verdicts()
                    .getOrDefault(process.id(), List.of())
                    .forEach(verdict -> verdicts.merge(verdict.resource(), verdict, Subjects::together));
        }
        return new Subject(
                ofTarget(processes.getFirst().target()),
                new Together(config.peers().top()).of(processes),
                List.copyOf(verdicts.values()),
                findings(processes));
    }

    private static Verdict together(Verdict a, Verdict b) {
        LeakState worst = a.state().compareTo(b.state()) >= 0 ? a.state() : b.state();
        return new Verdict(
                a.resource(),
                worst,
                known(a.growthPerSecond(), b.growthPerSecond(), Double::sum),
                known(a.secondsToLimit(), b.secondsToLimit(), Math::min));
    }

    private static @Nullable Double known(@Nullable Double a, @Nullable Double b, DoubleBinaryOperator both) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return both.applyAsDouble(a, b);
    }

    private List<Finding> findings(List<ProcessSample> processes) {
        Set<ProcessId> ids = processes.stream().map(ProcessSample::id).collect(Collectors.toSet());
        return board.findings().stream()
                .filter(finding -> ids.contains(finding.process()))
                .toList();
    }

    private Map<String, String> targetLabelMap(String target) {
        Map<String, String> labels = new TreeMap<>(constant);
        labels.putAll(targetLabels.getOrDefault(target, Map.of()));
        labels.put("target", LabelText.of(target));
        return labels;
    }

    /// The constant labels that clash with none of ours: a clash would fail the whole scrape.
    static Map<String, String> constant(Map<String, String> configured) {
        Map<String, String> labels = new TreeMap<>();
        configured.forEach((name, value) -> labels.put(name, LabelText.of(value)));
        labels.keySet().removeAll(RESERVED);
        return labels;
    }

    static Labels labels(Map<String, String> labels) {
        return Labels.of(List.copyOf(labels.keySet()), List.copyOf(labels.values()));
    }
}
