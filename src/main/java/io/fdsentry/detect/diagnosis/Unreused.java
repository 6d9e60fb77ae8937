package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Established connections with one peer that make the rise: opened one after the other, and none used again.
///
/// @param peer whom they are with
/// @param words their figures, up to the cause
/// @param peerIsThere whether it is seen there, or the kernel would notice that it is gone; else they may be half open
record Unreused(String peer, String words, boolean peerIsThere) {
    private static final double DRIPS = .5;

    /// @param direction who opened them
    static @Nullable Unreused of(Subject subject, Direction direction) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.establishedMakeTheRise(subject)) {
            return null;
        }
        int rise = subject.now().rise(TcpState.ESTABLISHED, subject.before());
        List<Cohort> unreused = connections.in(TcpState.ESTABLISHED, direction).stream()
                .filter(peer -> holds(peer, connections, rise))
                .toList();
        if (unreused.size() != 1) { // of two idle pools that large, which of them rose is not known
            return null;
        }
        Cohort peer = unreused.getFirst();
        String words = Phrase.count(peer.count())
                + (direction == Direction.OUT ? " connections to " : " connections from ") + peer.peer
                + " are established, " + Phrase.count(peer.unused())
                + " of them not used since the first exchange, the oldest for "
                + Phrase.age(peer.first(), connections.at()) + Phrase.pace(subject);
        double nearlyAll = Diagnosis.NEARLY_ALL * peer.count();
        return new Unreused(peer.peer, words, peer.withoutTimer() < nearlyAll || peer.seenThere() >= nearlyAll);
    }

    private static boolean holds(Cohort peer, Connections connections, int rise) {
        return peer.count() >= Diagnosis.NEARLY_ALL * rise
                && peer.unused() >= Diagnosis.NEARLY_ALL * peer.count()
                && peer.spread(connections.at()) >= DRIPS;
    }
}
