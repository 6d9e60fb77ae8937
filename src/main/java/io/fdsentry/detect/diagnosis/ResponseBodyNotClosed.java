package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Outbound connections to one peer that the peer has closed and this process has not, one after the other.
final class ResponseBodyNotClosed implements Diagnosis {
    /// They came over at least this share of the time, not all at once.
    private static final double DRIPS = .5;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.makesTheRise(subject)) {
            return null;
        }
        List<Cohort> out = connections.in(TcpState.CLOSE_WAIT, Direction.OUT);
        if (out.isEmpty() || !holds(out.getFirst(), connections)) {
            return null;
        }
        return new Explanation(
                Cause.RESPONSE_BODY_NOT_CLOSED, sentence(subject, connections, out.getFirst()), out.getFirst().peer);
    }

    private static boolean holds(Cohort peer, Connections connections) {
        return peer.count() >= FEW
                && peer.count() >= NEARLY_ALL * connections.count(TcpState.CLOSE_WAIT)
                && peer.spread(connections.at()) >= DRIPS;
    }

    private static String sentence(Subject subject, Connections connections, Cohort peer) {
        Integer sockets = subject.now().sockets();
        int dead = connections.count(TcpState.CLOSED, peer.peer);
        String stuck = Phrase.count(peer.count())
                + (sockets == null ? " sockets" : " of " + Phrase.count(sockets) + " sockets")
                + " are CLOSE_WAIT"
                + (dead == 0 ? "" : " and " + Phrase.count(dead) + " more dead but held,");
        return stuck + " towards " + peer.peer
                + ", the oldest for " + Phrase.age(peer.first(), connections.at())
                + (peer.unused() == peer.count() ? ", none used since it was opened" : "")
                + Phrase.pace(subject)
                + ": responses are not being closed.";
    }
}
