package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Established connections to one peer, opened one after the other and none used again. Without any keepalive they
/// may
/// as well be half open, and it is not known which.
final class PoolPerRequest implements Diagnosis {
    private static final double DRIPS = .5;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.establishedMakeTheRise(subject)) {
            return null;
        }
        List<Cohort> out = connections.in(TcpState.ESTABLISHED, Direction.OUT);
        int rise = subject.now().rise(TcpState.ESTABLISHED, subject.before());
        if (out.isEmpty() || !holds(out.getFirst(), connections, rise)) {
            return null;
        }
        Cohort peer = out.getFirst();
        String sentence = Phrase.count(peer.count()) + " connections to " + peer.peer + " are established, "
                + Phrase.count(peer.unused()) + " of them not used since the first exchange, the oldest for "
                + Phrase.age(peer.first(), connections.at())
                + Phrase.pace(subject)
                + ": connections are pooled per request and never reused.";
        return new Explanation(Cause.CONNECTION_POOL_PER_REQUEST, sentence, peer.peer);
    }

    private static boolean holds(Cohort peer, Connections connections, int rise) {
        return peer.count() >= NEARLY_ALL * rise
                && peer.unused() >= NEARLY_ALL * peer.count()
                && peer.withoutTimer() < NEARLY_ALL * peer.count()
                && peer.spread(connections.at()) >= DRIPS;
    }
}
