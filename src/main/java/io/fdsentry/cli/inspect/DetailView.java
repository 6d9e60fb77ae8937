package io.fdsentry.cli.inspect;

import static java.util.stream.Collectors.joining;

import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.cli.inspect.Table.Cell;
import io.fdsentry.cli.inspect.Table.Heading;
import io.fdsentry.logfmt.Printable;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One process with all that is known of it.
final class DetailView {
    private static final int MOST_PEERS = 20;
    private static final int MOST_SITES = 5;
    private static final int MOST_NAMES = 6;

    private final ProcessSample process;
    private final Look look;
    private final Page page;

    private DetailView(ProcessSample process, Look look, Page page) {
        this.process = process;
        this.look = look;
        this.page = page;
    }

    static void draw(ProcessSample process, Look look, Page page) {
        DetailView view = new DetailView(process, look, page);
        view.title();
        view.judgement();
        view.fds();
        Sockets sockets = process.sockets().orNull();
        if (sockets != null) {
            view.sockets(sockets);
            view.peers(sockets);
        }
        view.threads();
        view.goroutines();
        NotSeen.draw(List.of(process), page);
    }

    private void title() {
        String name = Printable.of(process.target());
        String command = process.command().equals(process.target()) ? "" : "  " + Printable.of(process.command());
        page.title(name + command, "pid " + process.id().pid() + ", started " + age(process.startTime()) + " ago");
    }

    private void judgement() {
        List<Finding> findings = look.findings(process);
        for (Finding finding : findings) {
            Tone tone = finding.state().compareTo(LeakState.CONFIRMED) >= 0 ? Tone.BAD : Tone.POOR;
            page.alert(tone, finding.state().label() + ": " + Printable.of(finding.sentence()));
        }
        Symptoms.of(process, look.at()).forEach(symptom -> page.alert(symptom.tone(), symptom.sentence()));
    }

    private void fds() {
        FdLimits limits = process.limits().orNull();
        Integer open = process.openFds().orNull();
        if (open != null) {
            page.entry("fds", limits == null ? Figures.count(open) : Figures.of(open, limits.effective()));
        }
        if (limits != null) {
            page.entry("limits", "soft " + limit(limits.soft()) + ", hard " + limit(limits.hard()));
        }
        var kinds = process.fdKinds().orNull();
        if (kinds != null) {
            String deleted = kinds.deleted() == 0 ? "" : "; " + Figures.count(kinds.deleted()) + " of deleted files";
            page.entry("kinds", list(kinds.kinds(), kind -> kind.label()) + deleted);
        }
    }

    private void sockets(Sockets sockets) {
        page.entry("sockets", list(sockets.protocols(), protocol -> protocol.label()));
        page.entry("tcp", list(sockets.tcp(), TcpState::name));
        Idle idle = process.idle().orNull();
        page.entry("stale", stale(sockets, idle));
        if (sockets.withoutKeepalive() > 0) {
            page.entry("keepalive", Figures.count(sockets.withoutKeepalive()) + " ESTABLISHED never had it on");
        }
        List<String> queues = new ArrayList<>();
        if (sockets.receiveQueueBytes() > 0) {
            queues.add(Figures.bytes(sockets.receiveQueueBytes()) + " arrived and not read");
        }
        if (sockets.sendQueueBytes() > 0) {
            queues.add(Figures.bytes(sockets.sendQueueBytes()) + " sent and not acknowledged");
        }
        if (!queues.isEmpty()) {
            page.entry("queues", String.join(", ", queues));
        }
    }

    private static String stale(Sockets sockets, @Nullable Idle idle) {
        String known = list(sockets.stale(), reason -> reason.label());
        if (idle == null) {
            return known;
        }
        List<String> parts = new ArrayList<>();
        if (sockets.stale().total() > 0) {
            parts.add(known);
        }
        if (idle.halfOpen() > 0) {
            parts.add("half_open " + Figures.count(idle.halfOpen()));
        }
        if (idle.idle() > 0) {
            parts.add("idle " + Figures.count(idle.idle()));
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private void peers(Sockets sockets) {
        List<PeerRow> rows = sockets.peers().stream()
                .flatMap(peer -> Arrays.stream(TcpState.values())
                        .filter(state -> peer.states().get(state) > 0)
                        .map(state -> new PeerRow(peer, state)))
                .sorted()
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        Table table = new Table(
                Heading.left("PEER"),
                Heading.left("DIRECTION"),
                Heading.left("STATE"),
                Heading.right("COUNT"),
                Heading.right("OLDEST"));
        rows.stream().limit(MOST_PEERS).forEach(row -> table.add(cells(row)));
        page.table("peers", table);
        if (rows.size() > MOST_PEERS) {
            page.entry("", "and " + (rows.size() - MOST_PEERS) + " more lines; --json has them");
        }
    }

    /// The sockets with one peer in one state; the most first, the nameless rest last.
    private record PeerRow(PeerSockets peer, TcpState state) implements Comparable<PeerRow> {
        private static final Comparator<PeerRow> BY_COUNT = Comparator.comparing(
                        (PeerRow row) -> row.peer().peer().equals(PeerSockets.OTHER))
                .thenComparing(row -> -row.count());

        int count() {
            return peer.states().get(state);
        }

        @Override
        public int compareTo(PeerRow other) {
            return BY_COUNT.compare(this, other);
        }
    }

    private List<Cell> cells(PeerRow row) {
        Instant since = row.peer().oldest().get(row.state());
        Tone tone = row.state() == TcpState.CLOSE_WAIT ? Tone.POOR : Tone.NORMAL;
        return List.of(
                Cell.of(Printable.of(row.peer().peer())),
                Cell.of(row.peer().direction().label()),
                new Cell(row.state().name(), tone),
                new Cell(Figures.count(row.count()), tone),
                Cell.of(since == null ? "" : age(since)));
    }

    private void threads() {
        Threads threads = process.threads().orNull();
        if (threads == null) {
            return;
        }
        int count = threads.states().total();
        String all = threads.limit() == null ? Figures.count(count) : Figures.of(count, threads.limit());
        page.entry("threads", all + ": " + list(threads.states(), state -> state.label()));
        if (count > 1 && !threads.groups().isEmpty()) {
            page.entry(
                    "",
                    threads.groups().stream()
                            .limit(MOST_NAMES)
                            .map(DetailView::group)
                            .collect(joining(", ")));
        }
        Threads.Jvm jvm = threads.jvm();
        if (jvm != null) {
            page.entry(
                    "java threads",
                    "%s live, %s at most, %s started"
                            .formatted(
                                    Figures.count(jvm.live()),
                                    Figures.count(jvm.peak()),
                                    Figures.count(jvm.started())));
        }
    }

    private static String group(Threads.Group group) {
        return Printable.of(group.name()) + " " + Figures.count(group.count());
    }

    private void goroutines() {
        Goroutines goroutines =
                process.goroutines() == null ? null : process.goroutines().orNull();
        if (goroutines == null) {
            return;
        }
        String source = switch (goroutines.source()) {
            case NATIVE -> "read from the memory of this process";
            case PPROF -> "from its pprof endpoint";
            case METRICS -> "from its metrics";
        };
        String age = goroutines.age().toSeconds() == 0 ? "" : " " + Figures.age(goroutines.age()) + " ago";
        String instead = goroutines.instead().isEmpty() ? "" : " (" + Printable.of(goroutines.instead()) + ")";
        page.entry("goroutines", Figures.count(goroutines.count()) + ", " + source + age + instead);
        goroutines.sites().stream().limit(MOST_SITES).forEach(site -> page.entry("", site(site)));
        if (goroutines.sites().size() > MOST_SITES) {
            page.entry("", "and " + (goroutines.sites().size() - MOST_SITES) + " more places; --json has them");
        }
    }

    private static String site(Goroutines.Site site) {
        String atMost = site.blockedAtMost() == null ? "" : ", at most " + Figures.age(site.blockedAtMost());
        String createdBy = site.createdBy().isEmpty() ? "" : ", created by " + Printable.of(site.createdBy());
        return "%s wait at %s (%s), the longest at least %s%s%s"
                .formatted(
                        Figures.count(site.count()),
                        Printable.of(site.function()),
                        Printable.of(site.reason()),
                        Figures.age(site.blockedAtLeast()),
                        atMost,
                        createdBy);
    }

    private String age(Instant since) {
        return Figures.age(Duration.between(since, look.at()));
    }

    private static String limit(@Nullable Long limit) {
        return limit == null ? "unlimited" : Figures.count(limit);
    }

    /// What is there, most first.
    private static <E extends Enum<E>> String list(Counts<E> counts, Function<E, String> name) {
        record Entry(String name, int count) {}
        List<Entry> entries = new ArrayList<>();
        counts.forEach((key, count) -> entries.add(new Entry(name.apply(key), count)));
        String text = entries.stream()
                .filter(entry -> entry.count() > 0)
                .sorted(Comparator.comparingInt(entry -> -entry.count()))
                .map(entry -> entry.name() + " " + Figures.count(entry.count()))
                .collect(joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
