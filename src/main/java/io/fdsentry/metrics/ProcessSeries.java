package io.fdsentry.metrics;

import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Everything that is exported of one subject: the long list.
final class ProcessSeries {
    private static final double NANOS_A_SECOND = 1e9;

    private final Subject subject;
    private final Blocks out;

    ProcessSeries(Subject subject, Blocks out) {
        this.subject = subject;
        this.out = out;
    }

    void add() {
        ifSeen(subject.sample().openFds(), count -> out.add(Family.OPEN_FDS, count));
        ifSeen(subject.sample().limits(), this::limits);
        ifSeen(subject.sample().fdKinds(), this::kinds);
        ifSeen(subject.sample().sockets(), this::sockets);
        ifSeen(subject.sample().idle(), this::idle);
        ifSeen(
                subject.sample().threads(),
                threads -> threads.states().forEach((state, n) -> out.add(Family.THREADS, n, state.label())));
        Outcome<Goroutines> goroutines = subject.sample().goroutines();
        if (goroutines != null) {
            ifSeen(goroutines, this::goroutines);
        }
        out.add(Family.START_TIME, seconds(subject.sample().startTime()));
        out.add(Family.ACCESS_TIER, subject.sample().tier().ordinal());
        probes();
        subject.verdicts().forEach(this::verdict);
        subject.findings().forEach(finding -> finding(out, finding));
    }

    private static <T> void ifSeen(Outcome<T> outcome, Consumer<T> use) {
        if (outcome instanceof Outcome.Seen<T>(T value)) {
            use.accept(value);
        }
    }

    private void limits(FdLimits limits) {
        out.addKnown(Family.MAX_FDS, limits.soft());
        out.addKnown(Family.MAX_FDS_HARD, limits.hard());
        out.addKnown(Family.EFFECTIVE_MAX_FDS, limits.effective());
    }

    private void kinds(FdKinds fds) {
        fds.kinds().forEach((kind, n) -> out.add(Family.FDS, n, kind.label()));
        out.add(Family.DELETED_FILES, fds.deleted());
    }

    private void sockets(Sockets sockets) {
        sockets.protocols().forEach((protocol, n) -> out.add(Family.SOCKETS, n, protocol.label()));
        sockets.tcp().forEach((state, n) -> {
            if (state.hasDescriptor()) {
                out.add(Family.TCP_SOCKETS, n, state.label());
            }
        });
        sockets.older()
                .forEach((state, ages) ->
                        ages.forEach((age, n) -> out.add(Family.TCP_SOCKETS_OLDER, n, state.label(), age.label())));
        stale(StaleReason.CLOSE_WAIT, sockets.stale().get(StaleReason.CLOSE_WAIT));
        stale(StaleReason.CLOSED, sockets.stale().get(StaleReason.CLOSED));
        out.add(Family.WITHOUT_KEEPALIVE, sockets.withoutKeepalive());
        out.add(Family.QUEUE_BYTES, sockets.receiveQueueBytes(), "recv");
        out.add(Family.QUEUE_BYTES, sockets.sendQueueBytes(), "send");
        sockets.peers().forEach(this::peer);
    }

    /// A peer's states that are there: zeros of every state would be nine series a peer.
    private void peer(PeerSockets peer) {
        peer.states().forEach((TcpState state, int n) -> {
            if (n > 0) {
                out.add(Family.PEER_SOCKETS, n, peer.peer(), peer.direction().label(), state.label());
            }
        });
    }

    private void idle(Idle idle) {
        stale(StaleReason.HALF_OPEN, idle.halfOpen());
        stale(StaleReason.IDLE, idle.idle());
    }

    private void stale(StaleReason reason, int count) {
        out.add(Family.STALE_SOCKETS, count, reason.label());
    }

    /// One place may have been led to from several: they are one series.
    private void goroutines(Goroutines goroutines) {
        out.add(Family.GOROUTINES, goroutines.count());
        out.addInfo(Family.GOROUTINE_SOURCE, goroutines.source().name().toLowerCase(Locale.ROOT));
        goroutines.blocked().forEach((reason, n) -> out.add(Family.GOROUTINES_BLOCKED, n, reason));
        Map<List<String>, Integer> places = new LinkedHashMap<>();
        for (Goroutines.Site site : goroutines.sites()) {
            places.merge(List.of(site.function(), site.reason()), site.count(), Integer::sum);
        }
        places.forEach((place, n) -> out.add(Family.GOROUTINE_SITE, n, place.get(0), place.get(1)));
    }

    private void probes() {
        subject.sample().probes().forEach((probe, outcome) -> {
            Reason reason = outcome.reason();
            out.add(Family.PROBE_SUCCESS, outcome.isSeen() ? 1 : 0, probe.label());
            if (reason != null) {
                out.addInfo(Family.PROBE, probe.label(), reason.label());
            }
        });
    }

    private void verdict(Verdict verdict) {
        String resource = verdict.resource().label();
        out.addKnown(Family.GROWTH, verdict.growthPerSecond(), resource);
        out.addKnown(Family.SECONDS_TO_LIMIT, verdict.secondsToLimit(), resource);
        out.add(Family.LEAK_STATE, verdict.state().ordinal(), resource);
    }

    static void finding(Blocks out, Finding finding) {
        out.addInfo(
                Family.FINDING,
                finding.resource().label(),
                finding.cause().label(),
                finding.role().label(),
                finding.peer(),
                finding.peerProcess(),
                finding.site());
    }

    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / NANOS_A_SECOND;
    }
}
