package io.fdsentry.evidence;

import io.fdsentry.logfmt.Printable;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Idle;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A record as plain text that can be pasted into a ticket: the sentence first, then the figures behind it. Every
/// character is printable.
public final class Report {
    private final EvidenceRecord evidence;
    private final StringBuilder text = new StringBuilder(8192);

    private Report(EvidenceRecord evidence) {
        this.evidence = evidence;
    }

    /// The text; each line ends with a newline.
    public static String of(EvidenceRecord evidence) {
        Report report = new Report(evidence);
        report.headline();
        report.process();
        report.figures();
        report.verdicts();
        ReportTables tables = new ReportTables(evidence);
        report.section("Peers", tables.peers());
        report.section("Counts over time", tables.history());
        report.section("Goroutines that wait", tables.sites());
        report.section("Sockets" + ReportTables.part(evidence.sockets(), ReportTables.MOST_SOCKETS), tables.sockets());
        report.section("Descriptors" + ReportTables.part(evidence.fds(), ReportTables.MOST_FDS), tables.fds());
        report.notSeen();
        report.section("Goroutine dump", evidence.goroutineDump().replace("\t", "    "));
        return report.text.toString().lines().map(Printable::of).collect(Collectors.joining("\n", "", "\n"));
    }

    private void headline() {
        String state = evidence.state().label().toUpperCase(Locale.ROOT);
        String ended = evidence.occasion() == Occasion.ENDED ? ", and the process has ended" : "";
        text.append("%s%s: %s (pid %d)%n".formatted(state, ended, name(), pid()));
        for (Finding finding : evidence.findings()) {
            text.append('\n').append(oneLine(finding.sentence())).append('\n');
            line("cause", finding.cause().label() + ", " + finding.role().label());
            if (!finding.peerProcess().isEmpty()) {
                line("other end", oneLine(finding.peerProcess()));
            }
            line(
                    "since",
                    Words.time(finding.since()) + ", for "
                            + Words.age(Duration.between(finding.since(), evidence.sampledAt())));
        }
        if (evidence.findings().isEmpty()) {
            text.append("\nNo diagnosis yet.\n");
        }
    }

    private String name() {
        String target = oneLine(evidence.process().target());
        String command = oneLine(evidence.process().command());
        return target.equals(command) ? target : target + " (" + command + ")";
    }

    private int pid() {
        return evidence.process().id().pid();
    }

    private void process() {
        text.append("\nProcess\n");
        line("evidence", evidence.id());
        line(
                "recorded",
                Words.time(evidence.recordedAt()) + ", " + evidence.occasion().words());
        line("last seen", Words.time(evidence.sampledAt()));
        line(
                "started",
                Words.time(evidence.process().startTime()) + ", up "
                        + Words.age(Duration.between(evidence.process().startTime(), evidence.sampledAt())));
        ContainerName container = evidence.process().container();
        if (!container.equals(ContainerName.NONE)) {
            line(
                    "container",
                    List.of(container.namespace(), container.pod(), container.container()).stream()
                            .filter(part -> !part.isEmpty())
                            .map(Report::oneLine)
                            .collect(Collectors.joining("/")));
        }
    }

    private void figures() {
        text.append("\nFigures\n");
        Integer open = evidence.process().openFds().orNull();
        FdLimits limits = evidence.process().limits().orNull();
        if (open != null) {
            Long limit = limits == null ? null : limits.effective();
            line("fds", Words.count(open) + (limit == null ? "" : " of " + Words.count(limit)));
        }
        FdKinds kinds = evidence.process().fdKinds().orNull();
        if (kinds != null) {
            line("by kind", ReportTables.counts(kinds.kinds()));
        }
        Sockets sockets = evidence.process().sockets().orNull();
        Idle idle = evidence.process().idle().orNull();
        if (sockets != null) {
            line("sockets", ReportTables.counts(sockets.protocols()));
            line("tcp", ReportTables.counts(sockets.tcp()));
            line("stale", stale(sockets, idle));
            line("no keepalive", Words.count(sockets.withoutKeepalive()) + " established");
            line(
                    "queues",
                    Words.count(sockets.receiveQueueBytes()) + " B not read, " + Words.count(sockets.sendQueueBytes())
                            + " B not acknowledged");
        }
        Threads threads = evidence.process().threads().orNull();
        if (threads != null) {
            line("threads", ReportTables.counts(threads.states()));
        }
    }

    private static String stale(Sockets sockets, @Nullable Idle idle) {
        List<String> parts = new ArrayList<>();
        parts.add(Words.count(sockets.stale().get(StaleReason.CLOSE_WAIT)) + " stuck in close_wait");
        parts.add(Words.count(sockets.stale().get(StaleReason.CLOSED)) + " dead but held");
        if (idle != null) {
            parts.add(Words.count(idle.halfOpen()) + " half open");
            parts.add(Words.count(idle.idle()) + " idle");
        }
        return String.join(", ", parts);
    }

    private void verdicts() {
        TextTable table = new TextTable("resource", "state", "growth", "limit in");
        for (Verdict verdict : evidence.verdicts()) {
            if (verdict.state() != LeakState.NONE) {
                Double growth = verdict.growthPerSecond();
                table.add(List.of(
                        verdict.resource().label(),
                        verdict.state().label(),
                        growth == null ? "" : Words.growth(growth),
                        Words.left(verdict.secondsToLimit())));
            }
        }
        section("Verdicts", table.isEmpty() ? "" : table.text());
    }

    private void notSeen() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<Probe, Outcome<?>> probe : evidence.process().probes().entrySet()) {
            Reason reason = probe.getValue().reason();
            if (reason != null) {
                lines.append("  %s: %s; %s%n".formatted(probe.getKey().words(), reason.label(), reason.remedy()));
            }
        }
        section("Not seen", lines.toString());
    }

    private void section(String title, String lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append('\n').append(lines);
        }
    }

    private void line(String key, String value) {
        text.append("  %-13s %s%n".formatted(key, value));
    }

    /// Names from outside stay on their line.
    static String oneLine(String text) {
        return Printable.of(text);
    }
}
