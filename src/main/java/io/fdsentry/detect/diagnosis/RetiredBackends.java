package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Outbound connections to several peers, each of which closed all of its own at once and was not called again.
final class RetiredBackends implements Diagnosis {
    /// All at once: within this share of the time since the first peer was retired. A peer that was retired a
    /// moment ago is no different from the others.
    private static final double AT_ONCE = .1;

    /// Of what rises: a young process opens its healthy connections as well, and peers that closed all at once
    /// speak for themselves.
    private static final double PART = .3;

    private static final int LEAST_OF_A_PEER = 4;
    private static final int LEAST_PEERS = 2;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.makesPartOfTheRise(subject, PART)) {
            return null;
        }
        List<Cohort> closed = connections.in(TcpState.CLOSE_WAIT, Direction.OUT);
        Duration longest = longest(closed, connections.at());
        List<Cohort> retired = closed.stream()
                .filter(peer -> isRetired(peer, connections, longest))
                .toList();
        int sockets = retired.stream().mapToInt(Cohort::count).sum();
        if (retired.size() < LEAST_PEERS || sockets < NEARLY_ALL * connections.count(TcpState.CLOSE_WAIT)) {
            return null;
        }
        return new Explanation(Cause.RETIRED_BACKEND_CONNECTIONS, sentence(subject, connections, retired, sockets), "");
    }

    /// What still is all at once.
    private static Duration longest(List<Cohort> closed, Instant at) {
        return closed.stream()
                .map(peer -> Duration.between(peer.first(), at))
                .max(Duration::compareTo)
                .map(all -> Duration.ofMillis((long) (AT_ONCE * all.toMillis())))
                .orElse(Duration.ZERO);
    }

    private static boolean isRetired(Cohort peer, Connections connections, Duration longest) {
        return peer.count() >= LEAST_OF_A_PEER
                && connections.count(TcpState.ESTABLISHED, peer.peer) == 0
                && peer.took().compareTo(longest) <= 0;
    }

    private static String sentence(Subject subject, Connections connections, List<Cohort> retired, int sockets) {
        Cohort oldest =
                retired.stream().min((a, b) -> a.first().compareTo(b.first())).orElseThrow();
        int most = retired.getFirst().count();
        int least = retired.getLast().count();
        return Phrase.count(sockets) + " sockets are CLOSE_WAIT towards " + retired.size() + " peers, "
                + (most == least ? Phrase.count(most) : Phrase.count(least) + " to " + Phrase.count(most))
                + " for each, the oldest for " + Phrase.age(oldest.first(), connections.at())
                + "; none of these peers has an established connection"
                + Phrase.pace(subject)
                + ": connections to backends that were retired are kept.";
    }
}
