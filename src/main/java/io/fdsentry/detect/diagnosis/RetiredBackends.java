package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Outbound connections to several peers, each of which closed all of its own at once and was not called again.
final class RetiredBackends implements Diagnosis {
    /// All at once: within this share of the time since.
    private static final double AT_ONCE = .1;

    private static final int LEAST_OF_A_PEER = 4;
    private static final int LEAST_PEERS = 2;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.makesTheRise(subject)) {
            return null;
        }
        List<Cohort> retired = connections.in(TcpState.CLOSE_WAIT, Direction.OUT).stream()
                .filter(peer -> isRetired(peer, connections))
                .toList();
        int sockets = retired.stream().mapToInt(Cohort::count).sum();
        if (retired.size() < LEAST_PEERS || sockets < NEARLY_ALL * connections.count(TcpState.CLOSE_WAIT)) {
            return null;
        }
        return new Explanation(Cause.RETIRED_BACKEND_CONNECTIONS, sentence(subject, connections, retired, sockets), "");
    }

    private static boolean isRetired(Cohort peer, Connections connections) {
        return peer.count() >= LEAST_OF_A_PEER
                && connections.count(TcpState.ESTABLISHED, peer.peer) == 0
                && peer.spread(connections.at()) <= AT_ONCE;
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
