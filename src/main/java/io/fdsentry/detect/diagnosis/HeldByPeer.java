package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Role;
import io.fdsentry.model.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Inbound connections from one address, opened one after the other, used once and kept open by whoever opened
/// them:
/// the
/// other end of a leak that has to be looked for there. Where no keepalive tells that the other end still lives,
/// they
/// may be half open, and nobody can tell which.
final class HeldByPeer implements Diagnosis {
    private static final double DRIPS = .5;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.establishedMakeTheRise(subject)) {
            return null;
        }
        List<Cohort> in = connections.in(TcpState.ESTABLISHED, Direction.IN);
        int rise = subject.now().rise(TcpState.ESTABLISHED, subject.before());
        if (in.isEmpty() || !holds(in.getFirst(), connections, rise)) {
            return null;
        }
        Cohort peer = in.getFirst();
        String sentence = Phrase.count(peer.count()) + " connections from " + peer.peer + " are established, "
                + Phrase.count(peer.unused()) + " of them not used since the first exchange, the oldest for "
                + Phrase.age(peer.first(), connections.at())
                + Phrase.pace(subject)
                + ": they are opened and kept by the other end; the cause is there.";
        return new Explanation(Cause.UNKNOWN, sentence, peer.peer, "", Role.HELD);
    }

    private static boolean holds(Cohort peer, Connections connections, int rise) {
        return peer.count() >= NEARLY_ALL * rise
                && peer.unused() >= NEARLY_ALL * peer.count()
                && peer.withoutTimer() < NEARLY_ALL * peer.count()
                && peer.spread(connections.at()) >= DRIPS;
    }
}
