package io.fdsentry.evidence;

import io.fdsentry.model.Counted;
import io.fdsentry.model.Counts;
import io.fdsentry.model.CountsAt;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The tables of a report; empty where there is nothing to show.
final class ReportTables {
    static final int MOST_SOCKETS = 40;
    static final int MOST_FDS = 40;
    private static final int MOST_PEERS = 25;
    private static final int MOST_ROUNDS = 32;

    private final EvidenceRecord evidence;

    ReportTables(EvidenceRecord evidence) {
        this.evidence = evidence;
    }

    /// What there is of each, most first: `12 sleeping, 1 running`.
    static <E extends Enum<E>> String counts(Counts<E> counts) {
        StringJoiner text = new StringJoiner(", ");
        mostFirst(counts)
                .forEach(key ->
                        text.add(Words.count(counts.get(key)) + " " + key.name().toLowerCase(Locale.ROOT)));
        return text.length() == 0 ? "none" : text.toString();
    }

    /// Those that are not zero.
    static <E extends Enum<E>> List<E> mostFirst(Counts<E> counts) {
        return counts.keys().stream()
                .filter(key -> counts.get(key) > 0)
                .sorted(Comparator.comparingInt(counts::get).reversed())
                .toList();
    }

    /// Says so where not all are shown.
    static String part(Sampled<?> sample, int most) {
        int shown = Math.min(sample.kept().size(), most);
        return shown < sample.of()
                ? " (a sample: %s of %s)".formatted(Words.count(shown), Words.count(sample.of()))
                : "";
    }

    String peers() {
        TextTable table = new TextTable("sockets", "state", "peer", "direction", "oldest");
        Sockets sockets = evidence.process().sockets().orNull();
        List<PeerSockets> peers = sockets == null ? List.of() : sockets.peers();
        for (PeerSockets peer : peers.subList(0, Math.min(MOST_PEERS, peers.size()))) {
            for (TcpState state : mostFirst(peer.states())) {
                table.add(List.of(
                        Words.count(peer.states().get(state)),
                        state.label(),
                        Report.oneLine(peer.peer()),
                        peer.direction().label(),
                        age(peer.oldest().get(state))));
            }
        }
        return text(table);
    }

    private String age(@Nullable Instant since) {
        return since == null ? "" : Words.age(Duration.between(since, evidence.sampledAt()));
    }

    String history() {
        List<String> headings = new ArrayList<>(List.of("time"));
        Arrays.stream(Counted.values()).map(Counted::label).forEach(headings::add);
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (CountsAt round : thinned(evidence.history())) {
            List<String> row = new ArrayList<>(List.of(Words.time(round.at())));
            for (Counted what : Counted.values()) {
                Integer count = round.counts().get(what);
                row.add(count == null ? "" : Words.count(count));
            }
            table.add(row);
        }
        return text(table);
    }

    /// Evenly spaced in time, the first and the last among them.
    private static List<CountsAt> thinned(List<CountsAt> all) {
        if (all.size() <= MOST_ROUNDS) {
            return all;
        }
        Instant first = all.getFirst().at();
        Duration step = Duration.between(first, all.getLast().at()).dividedBy(MOST_ROUNDS - 2);
        List<CountsAt> kept = new ArrayList<>();
        Instant next = first;
        for (CountsAt round : all.subList(0, all.size() - 1)) {
            if (!round.at().isBefore(next)) {
                kept.add(round);
                next = round.at().plus(step);
            }
        }
        kept.add(all.getLast());
        return kept;
    }

    String sites() {
        TextTable table = new TextTable("goroutines", "blocked for", "reason", "at", "created by");
        Goroutines goroutines = evidence.process().goroutines() == null
                ? null
                : evidence.process().goroutines().orNull();
        List<Goroutines.Site> sites = goroutines == null ? List.of() : goroutines.sites();
        for (Goroutines.Site site : sites) {
            table.add(List.of(
                    Words.count(site.count()),
                    Words.age(site.blockedAtLeast()),
                    Report.oneLine(site.reason()),
                    Report.oneLine(site.function()),
                    Report.oneLine(site.createdBy())));
        }
        return text(table);
    }

    String sockets() {
        TextTable table = new TextTable(
                "inode",
                "state",
                "local",
                "peer",
                "dir",
                "in state",
                "seen for",
                "idle",
                "timer",
                "recv",
                "send",
                "stale");
        for (SocketDetail socket : SocketSample.thin(evidence.sockets().kept(), MOST_SOCKETS)) {
            table.add(List.of(
                    Long.toString(socket.inode()),
                    socket.state() == null
                            ? socket.protocol().label()
                            : socket.state().label(),
                    Report.oneLine(socket.local()),
                    Report.oneLine(socket.peer()),
                    socket.direction() == null ? "" : socket.direction().label(),
                    age(socket.stateSince()),
                    age(socket.firstSeen()),
                    socket.idle() == null ? "" : Words.age(socket.idle()),
                    Report.oneLine(socket.timer()),
                    Long.toString(socket.receiveQueueBytes()),
                    Long.toString(socket.sendQueueBytes()),
                    socket.stale() == null ? "" : socket.stale().label()));
        }
        return text(table);
    }

    String fds() {
        TextTable table = new TextTable("fd", "kind", "is");
        for (FdDetail fd : SocketSample.thin(evidence.fds().kept(), MOST_FDS)) {
            table.add(List.of(Integer.toString(fd.fd()), fd.kind().label(), Report.oneLine(fd.link())));
        }
        return text(table);
    }

    private static String text(TextTable table) {
        return table.isEmpty() ? "" : table.text();
    }
}
