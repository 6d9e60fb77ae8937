package io.fdsentry;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.TargetSample;
import io.fdsentry.model.Tier;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// What rounds tell the log: each change of a target's state once, never a line for each round.
///
/// Targets that are named in the configuration are worth a line; executables come and go, and theirs are for
/// debugging.
final class RoundLog {
    private static final Logger LOG = LoggerFactory.getLogger(RoundLog.class);

    private Map<String, State> targets = Map.of();
    private Map<Trouble, String> troubles = Map.of();
    private boolean started;

    /// @param processes how many belong to it
    /// @param undecided whether there are some of which it cannot be told
    /// @param tier the least of its processes; null without one
    private record State(
            int processes, boolean undecided, @Nullable Tier tier) {
        static final State NEW = new State(0, false, null);
    }

    private record Trouble(ProcessId process, Probe probe) {}

    /// @param named whether the targets are those of the configuration
    void round(Snapshot snapshot, boolean named) {
        Map<String, State> now = states(snapshot);
        Level level = named ? Level.INFO : Level.DEBUG;
        now.forEach((target, state) -> compare(snapshot, target, state, level));
        targets.keySet().stream()
                .filter(target -> !now.containsKey(target))
                .forEach(target ->
                        LOG.atLevel(level).addKeyValue("target", target).log("target is no longer watched"));
        targets = now;
        troubles(snapshot);
        if (!started) {
            started = true;
            first(snapshot);
        }
    }

    private static Map<String, State> states(Snapshot snapshot) {
        Map<String, Tier> tiers = new HashMap<>();
        for (ProcessSample process : snapshot.processes()) {
            tiers.merge(process.target(), process.tier(), (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
        return snapshot.targets().stream()
                .collect(Collectors.toMap(
                        TargetSample::name,
                        target -> new State(target.processes(), target.undecided() > 0, tiers.get(target.name())),
                        (a, _) -> a));
    }

    private void compare(Snapshot snapshot, String target, State now, Level level) {
        boolean known = targets.containsKey(target);
        State before = targets.getOrDefault(target, State.NEW);
        LoggingEventBuilder event = LOG.atLevel(level).addKeyValue("target", target);
        if (now.processes() > 0 && before.processes() == 0) {
            withTier(event.addKeyValue("processes", now.processes()), now, snapshot, target)
                    .log("target has processes");
        } else if (now.processes() == 0 && before.processes() > 0) {
            event.log("target lost its last process");
        } else if (now.processes() == 0 && !known) {
            event.log("target has no process yet");
        } else if (now.tier() != before.tier()) {
            withTier(event.addKeyValue("was", label(before.tier())), now, snapshot, target)
                    .log("what may be seen of the target changed");
        }
        if (now.undecided() != before.undecided()) {
            LOG.atLevel(now.undecided() && level == Level.INFO ? Level.WARN : level)
                    .addKeyValue("target", target)
                    .log(
                            now.undecided()
                                    ? "it cannot be told of some processes whether they belong to the target"
                                    : "it can be told again of every process whether it belongs to the target");
        }
    }

    private static LoggingEventBuilder withTier(
            LoggingEventBuilder event, State state, Snapshot snapshot, String target) {
        LoggingEventBuilder told = event.addKeyValue("tier", label(state.tier()));
        Set<Reason> reasons = new TreeSet<>();
        snapshot.processes().stream()
                .filter(process -> process.target().equals(target))
                .flatMap(process -> process.probes().values().stream())
                .map(Outcome::reason)
                .filter(reason -> reason != null && reason != Reason.UNSUPPORTED && reason != Reason.BUDGET)
                .forEach(reasons::add);
        for (Reason reason : reasons) {
            told = told.addKeyValue("reason", reason.label()).addKeyValue("remedy", reason.remedy());
        }
        return told;
    }

    private static String label(@Nullable Tier tier) {
        return tier == null ? "none" : tier.name().toLowerCase(Locale.ROOT);
    }

    /// The texts of unexpected errors, which no metric holds.
    private void troubles(Snapshot snapshot) {
        Map<Trouble, String> now = new HashMap<>();
        for (ProcessSample process : snapshot.processes()) {
            process.probes().forEach((probe, outcome) -> {
                if (outcome instanceof Outcome.Failed<?>(String message)) {
                    now.put(new Trouble(process.id(), probe), message);
                    if (!message.equals(troubles.get(new Trouble(process.id(), probe)))) {
                        LOG.atWarn()
                                .addKeyValue("target", process.target())
                                .addKeyValue("pid", process.id().pid())
                                .addKeyValue("probe", probe.label())
                                .addKeyValue("err", message)
                                .log("probe failed");
                    }
                }
            });
        }
        troubles = now;
    }

    private static void first(Snapshot snapshot) {
        LoggingEventBuilder event = LOG.atInfo()
                .addKeyValue("processes", snapshot.processes().size())
                .addKeyValue("targets", snapshot.targets().size());
        for (Tier tier : Tier.values()) {
            long count = snapshot.processes().stream()
                    .filter(process -> process.tier() == tier)
                    .count();
            if (count > 0) {
                event = event.addKeyValue("tier_" + label(tier), count);
            }
        }
        event.addKeyValue("took", snapshot.took().toMillis() + "ms").log("first round");
    }
}
