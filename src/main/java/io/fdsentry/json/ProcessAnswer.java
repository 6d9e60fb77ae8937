package io.fdsentry.json;

import io.fdsentry.model.Age;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// A process read back.
final class ProcessAnswer {
    private ProcessAnswer() {}

    static ProcessSample read(Tree tree, Instant at) {
        Tree probes = tree.object("probes");
        return new ProcessSample(
                new ProcessId(tree.number("pid"), tree.big("start_ticks")),
                tree.text("target"),
                tree.text("command"),
                containerOf(tree),
                tree.time("start_time"),
                Tier.values()[tree.number("tier")],
                outcome(probes, Probe.FDS, () -> tree.object("fds").number("open")),
                outcome(probes, Probe.FD_KINDS, () -> kinds(tree.object("fds"))),
                outcome(probes, Probe.LIMITS, () -> limits(tree.object("fds"))),
                outcome(probes, Probe.SOCKETS, () -> SocketsAnswer.read(tree, at)),
                outcome(probes, Probe.IDLE, () -> idle(tree)),
                outcome(probes, Probe.THREADS, () -> ThreadShape.read(tree)),
                probes.has(Probe.GOROUTINES.label())
                        ? outcome(probes, Probe.GOROUTINES, () -> goroutines(tree.object("goroutines")))
                        : null);
    }

    private static <T> Outcome<T> outcome(Tree probes, Probe probe, Supplier<T> value) {
        Tree outcome = probes.object(probe.label());
        if (outcome.json().get("ok").getAsBoolean()) {
            return Outcome.seen(value.get());
        }
        if (outcome.text("reason").equals(ProcessShape.GONE)) {
            return Outcome.gone();
        }
        Reason reason = outcome.label("reason", Reason.class);
        if (!outcome.has("detail")) {
            return Outcome.denied(reason);
        }
        String detail = outcome.text("detail");
        return reason == Reason.UNSUPPORTED ? Outcome.unsupported(detail) : Outcome.failed(detail);
    }

    static ContainerName containerOf(Tree process) {
        if (!process.has("container")) {
            return ContainerName.NONE;
        }
        Tree tree = process.object("container");
        return new ContainerName(
                tree.textOrEmpty("namespace"),
                tree.textOrEmpty("pod"),
                tree.textOrEmpty("container"),
                tree.textOrEmpty("id"));
    }

    private static FdKinds kinds(Tree fds) {
        return new FdKinds(fds.counts("kinds", FdKind.class), fds.number("deleted"));
    }

    private static FdLimits limits(Tree fds) {
        return new FdLimits(fds.limit("soft"), fds.limit("hard"), fds.limit("effective"));
    }

    private static Idle idle(Tree tree) {
        Tree stale = tree.object("stale");
        return new Idle(stale.number("half_open"), stale.number("idle"), tree.counts("idle_at_least", Age.class));
    }

    private static Goroutines goroutines(Tree tree) {
        Map<String, Integer> blocked = new HashMap<>();
        Tree reasons = tree.object("blocked");
        reasons.json().keySet().forEach(reason -> blocked.put(reason, reasons.number(reason)));
        return new Goroutines(
                tree.label("source", Goroutines.Source.class),
                tree.number("count"),
                blocked,
                tree.list("sites", ProcessAnswer::site),
                tree.has("age") ? tree.seconds("age") : Duration.ZERO,
                tree.textOrEmpty("instead_of"));
    }

    private static Goroutines.Site site(Tree tree) {
        return new Goroutines.Site(
                tree.text("site"),
                tree.textOrEmpty("created_by"),
                tree.text("reason"),
                tree.number("count"),
                tree.seconds("blocked_at_least"),
                tree.has("blocked_at_most") ? tree.seconds("blocked_at_most") : null);
    }
}
