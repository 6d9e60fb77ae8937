package io.fdsentry.metrics;

import io.fdsentry.model.Direction;
import io.fdsentry.model.PeerSockets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The peers of several processes as one list.
final class Peers {
    private static final Comparator<PeerSockets> MOST_FIRST = Comparator.comparingInt(
                    (PeerSockets peer) -> peer.states().total())
            .reversed()
            .thenComparing(PeerSockets::peer)
            .thenComparing(PeerSockets::direction);

    private record Key(String peer, Direction direction) {}

    private Peers() {}

    /// The top of both, most first, then all others by direction.
    static List<PeerSockets> together(List<PeerSockets> a, List<PeerSockets> b, int top) {
        Map<Key, PeerSockets> named = new LinkedHashMap<>();
        Map<Key, PeerSockets> others = new LinkedHashMap<>();
        Stream.concat(a.stream(), b.stream())
                .forEach(peer -> add(peer.peer().equals(PeerSockets.OTHER) ? others : named, peer));
        List<PeerSockets> kept = new ArrayList<>();
        for (PeerSockets peer : named.values().stream().sorted(MOST_FIRST).toList()) {
            if (kept.size() < top) {
                kept.add(peer);
            } else {
                add(others, new PeerSockets(PeerSockets.OTHER, peer.direction(), peer.states()));
            }
        }
        kept.addAll(others.values());
        return kept;
    }

    private static void add(Map<Key, PeerSockets> peers, PeerSockets peer) {
        peers.merge(
                new Key(peer.peer(), peer.direction()),
                peer,
                (a, b) -> new PeerSockets(a.peer(), a.direction(), a.states().plus(b.states())));
    }
}
