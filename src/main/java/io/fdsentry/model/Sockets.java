package io.fdsentry.model;

import java.util.List;
import java.util.Map;

/// The socket descriptors of a process, joined to the protocol tables by inode.
///
/// @param protocols descriptors by protocol; they sum to the descriptors of kind socket
/// @param tcp TCP descriptors by state; they sum to [Protocol#TCP]
/// @param older for `close_wait`, `closed`, `fin_wait2` and `established`: how many have been in the state for at
/// least each age
/// @param stale `close_wait` and `closed` of the abandoned ones; `half_open` and `idle` are in [Idle] and zero here
/// @param withoutKeepalive established, timer seen off and never seen as keepalive
/// @param receiveQueueBytes bytes that arrived and were not read
/// @param sendQueueBytes bytes written and not acknowledged
/// @param peers the top peers by number of sockets, most first, then the rest as `other`
/// @param firstSeen socket descriptors of every protocol whose inode this monitor first saw at least each age ago
public record Sockets(
        Counts<Protocol> protocols,
        Counts<TcpState> tcp,
        Map<TcpState, Counts<Age>> older,
        Counts<StaleReason> stale,
        int withoutKeepalive,
        long receiveQueueBytes,
        long sendQueueBytes,
        List<PeerSockets> peers,
        Counts<Age> firstSeen) {
    public Sockets {
        older = Map.copyOf(older);
        peers = List.copyOf(peers);
    }
}
