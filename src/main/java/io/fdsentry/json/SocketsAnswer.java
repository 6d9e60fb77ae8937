package io.fdsentry.json;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sockets of a process read back.
final class SocketsAnswer {
    private record PeerKey(String peer, Direction direction) {}

    private SocketsAnswer() {}

    static Sockets read(Tree tree, Instant at) {
        Tree queues = tree.object("queue_bytes");
        Tree stale = tree.object("stale");
        int[] abandoned = new int[StaleReason.values().length];
        abandoned[StaleReason.CLOSE_WAIT.ordinal()] = stale.number("close_wait");
        abandoned[StaleReason.CLOSED.ordinal()] = stale.number("closed");
        return new Sockets(
                tree.counts("sockets", Protocol.class),
                tree.counts("tcp", TcpState.class),
                older(tree.object("tcp_older")),
                Counts.of(StaleReason.class, abandoned),
                tree.number("without_keepalive"),
                queues.big("recv"),
                queues.big("send"),
                peers(tree, at),
                tree.counts("first_seen", Age.class));
    }

    private static Map<TcpState, Counts<Age>> older(Tree tree) {
        Map<TcpState, Counts<Age>> older = new EnumMap<>(TcpState.class);
        for (String state : tree.json().keySet()) {
            older.put(Tree.constant(state, TcpState.class), tree.counts(state, Age.class));
        }
        return older;
    }

    /// Entries of one peer, a state each, as one peer again.
    private static List<PeerSockets> peers(Tree tree, Instant at) {
        Map<PeerKey, List<Tree>> entries = new LinkedHashMap<>();
        for (Tree entry : tree.list("peers", entry -> entry)) {
            PeerKey key = new PeerKey(entry.text("peer"), entry.label("direction", Direction.class));
            entries.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
        }
        List<PeerSockets> peers = new ArrayList<>();
        entries.forEach((key, states) -> peers.add(peer(key, states, at)));
        return peers;
    }

    private static PeerSockets peer(PeerKey key, List<Tree> states, Instant at) {
        int[] counts = new int[TcpState.values().length];
        Map<TcpState, Instant> oldest = new EnumMap<>(TcpState.class);
        for (Tree entry : states) {
            TcpState state = entry.label("state", TcpState.class);
            counts[state.ordinal()] = entry.number("count");
            if (entry.has("oldest_seconds")) {
                oldest.put(state, at.minus(entry.seconds("oldest_seconds")));
            }
        }
        return new PeerSockets(key.peer(), key.direction(), Counts.of(TcpState.class, counts), oldest);
    }
}
