package io.fdsentry.evidence;

import io.fdsentry.model.ContainerName;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// The story of a record as one line of the log, at most 8 KiB long whatever it tells of: what log collection keeps
/// when the pod takes its disk along. The most telling comes first.
final class LogLine {
    static final int MOST_BYTES = 8192;

    /// Time, level, message, newline.
    private static final int HEAD = 256;

    private static final int NAME = 120;
    private static final int SENTENCE = 1600;
    private static final int ENTRY = 360;
    private static final int PEERS = 5;
    private static final int SITES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(LogLine.class);

    private final EvidenceRecord evidence;
    private final List<KeyValuePair> pairs = new ArrayList<>();
    private int left = MOST_BYTES - HEAD;

    private LogLine(EvidenceRecord evidence) {
        this.evidence = evidence;
    }

    static LogLine of(EvidenceRecord evidence) {
        LogLine line = new LogLine(evidence);
        line.who();
        if (!evidence.findings().isEmpty()) {
            line.why(evidence.findings().getFirst());
        }
        line.figures();
        line.verdicts();
        line.peers();
        line.sites();
        return line;
    }

    void write() {
        Level level = evidence.state().compareTo(LeakState.SUSPECTED) > 0 ? Level.WARN : Level.INFO;
        LoggingEventBuilder event = LOG.atLevel(level);
        for (KeyValuePair pair : pairs) {
            event = event.addKeyValue(pair.key, pair.value);
        }
        event.log("evidence: " + evidence.occasion().words());
    }

    private void who() {
        add("evidence", evidence.id(), NAME * 2);
        add("target", evidence.process().target(), NAME);
        add("pid", evidence.process().id().pid());
        add("command", evidence.process().command(), NAME);
        ContainerName container = evidence.process().container();
        addIfKnown("namespace", container.namespace());
        addIfKnown("pod", container.pod());
        addIfKnown("container", container.container());
        add("state", evidence.state().label(), NAME);
    }

    private void why(Finding worst) {
        add("resource", worst.resource().label(), NAME);
        add("cause", worst.cause().label(), NAME);
        add("role", worst.role().label(), NAME);
        add("since", worst.since().toString(), NAME);
        add("finding", worst.sentence(), SENTENCE);
        addIfKnown("peer_process", worst.peerProcess());
        if (evidence.findings().size() > 1) {
            add("also", evidence.findings().get(1).sentence(), SENTENCE / 2);
        }
    }

    private void figures() {
        addIfSeen("fds", evidence.process().openFds().orNull());
        FdLimits limits = evidence.process().limits().orNull();
        if (limits != null && limits.effective() != null) {
            add("fd_limit", limits.effective());
        }
        Sockets sockets = evidence.process().sockets().orNull();
        if (sockets != null) {
            add("sockets", sockets.protocols().total());
            for (TcpState state : List.of(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, TcpState.CLOSED)) {
                add(state.label(), sockets.tcp().get(state));
            }
        }
        Threads threads = evidence.process().threads().orNull();
        addIfSeen("threads", threads == null ? null : threads.states().total());
        Goroutines goroutines = goroutines();
        addIfSeen("goroutines", goroutines == null ? null : goroutines.count());
    }

    private void verdicts() {
        for (Verdict verdict : evidence.verdicts()) {
            if (verdict.state() != LeakState.NONE) {
                String growth = verdict.growthPerSecond() == null ? "" : " " + Words.growth(verdict.growthPerSecond());
                String limit = Words.left(verdict.secondsToLimit());
                add(
                        verdict.resource().label() + "_verdict",
                        verdict.state().label() + growth + (limit.isEmpty() ? "" : ", limit in " + limit),
                        NAME);
            }
        }
    }

    private void peers() {
        Sockets sockets = evidence.process().sockets().orNull();
        List<PeerSockets> peers = sockets == null ? List.of() : sockets.peers();
        for (int i = 0; i < Math.min(PEERS, peers.size()); i++) {
            add("peer" + (i + 1), peer(peers.get(i), evidence.sampledAt()), ENTRY);
        }
    }

    /// A peer with what is towards it, and how old.
    static String peer(PeerSockets peer, Instant at) {
        List<String> states = new ArrayList<>();
        for (TcpState state : ReportTables.mostFirst(peer.states())) {
            Instant oldest = peer.oldest().get(state);
            String age = oldest == null ? "" : " (oldest " + Words.age(Duration.between(oldest, at)) + ")";
            states.add(Words.count(peer.states().get(state)) + " " + state.label() + age);
        }
        return peer.direction().label() + " " + peer.peer() + ": " + String.join(", ", states);
    }

    private void sites() {
        Goroutines goroutines = goroutines();
        List<Goroutines.Site> sites = goroutines == null ? List.of() : goroutines.sites();
        for (int i = 0; i < Math.min(SITES, sites.size()); i++) {
            Goroutines.Site site = sites.get(i);
            String text = "%s blocked for at least %s (%s) at %s"
                    .formatted(
                            Words.count(site.count()),
                            Words.age(site.blockedAtLeast()),
                            site.reason(),
                            site.function());
            add("site" + (i + 1), text, ENTRY);
        }
    }

    private @Nullable Goroutines goroutines() {
        return evidence.process().goroutines() == null
                ? null
                : evidence.process().goroutines().orNull();
    }

    private void add(String key, long number) {
        add(key, Long.toString(number), NAME);
    }

    private void addIfSeen(String key, @Nullable Integer number) {
        if (number != null) {
            add(key, number);
        }
    }

    private void addIfKnown(String key, String value) {
        if (!value.isEmpty()) {
            add(key, value, NAME);
        }
    }

    /// @param most bytes of the value
    private void add(String key, String value, int most) {
        int frame = key.length() + " =\"\"".length();
        String clipped = Clip.text(value, Math.min(most, left - frame));
        if (!clipped.isEmpty()) {
            pairs.add(new KeyValuePair(key, clipped));
            left -= frame + Clip.cost(clipped);
        }
    }

    /// The pairs, for a test.
    List<KeyValuePair> pairs() {
        return pairs;
    }
}
