package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.TcpState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Established connections with many hosts, without a byte and without a timer: nothing will ever end them.
final class HalfOpenPeers implements Diagnosis {
    private static final int LEAST_HOSTS = 3;
    /// Of the connections, at least this share shows as goroutines that wait for a byte at one place.
    private static final double WAITING = .5;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        if (!Stuck.establishedMakeTheRise(subject)) {
            return null;
        }
        Explanation out = explain(subject, Direction.OUT);
        return out == null ? explain(subject, Direction.IN) : out;
    }

    private static @Nullable Explanation explain(Subject subject, Direction direction) {
        Connections connections = subject.connections();
        if (connections == null) {
            return null;
        }
        List<Cohort> dead = connections.in(TcpState.ESTABLISHED, direction).stream()
                .filter(HalfOpenPeers::isDead)
                .toList();
        int count = dead.stream().mapToInt(Cohort::silent).sum();
        long hosts = dead.stream().map(Cohort::host).distinct().count();
        int rise = subject.now().rise(TcpState.ESTABLISHED, subject.before());
        if (hosts < LEAST_HOSTS || count < NEARLY_ALL * rise) {
            return null;
        }
        Goroutines.Site site = Waiting.at(subject, Waiting::isForBytes, WAITING * count);
        Explanation told = new Explanation(
                Cause.HALF_OPEN_PEERS, sentence(subject, connections.at(), dead, count, hosts, site), "");
        return site == null ? told : told.at(site.function());
    }

    /// One of its connections may have been opened a moment ago and still exchange its first bytes.
    private static boolean isDead(Cohort peer) {
        return peer.inUse() == 0 && peer.silent() > 0 && peer.silent() >= NEARLY_ALL * peer.count();
    }

    private static String sentence(
            Subject subject, Instant at, List<Cohort> dead, int count, long hosts, Goroutines.@Nullable Site site) {
        List<String> ports = dead.stream().map(Cohort::port).distinct().toList();
        Instant oldest =
                dead.stream().map(Cohort::firstSilent).min(Instant::compareTo).orElse(at);
        return Phrase.count(count) + " connections with " + Phrase.count(hosts) + " hosts"
                + (ports.size() == 1 && !ports.getFirst().isEmpty() ? " on port " + ports.getFirst() : "")
                + " are established without a timer, the oldest for " + Phrase.age(oldest, at)
                + "; no byte moved on any of them since it was opened"
                + (site == null ? "" : "; " + Waiting.phrase(site))
                + Phrase.pace(subject)
                + ": half-open peers, neither keepalive nor deadline.";
    }
}
