package io.fdsentry.model;

import java.time.Instant;
import java.util.Map;

/// The connections of a process with one peer.
///
/// @param peer `address:port` of outbound connections, the address alone of inbound ones, v4-mapped written as
/// v4; or [#OTHER]
/// @param direction who opened them
/// @param states descriptors by state
/// @param oldest for each state there is: since when the one that is in it longest has at least been in it;
///     empty where unknown
public record PeerSockets(String peer, Direction direction, Counts<TcpState> states, Map<TcpState, Instant> oldest) {
    /// The peer that stands for all beyond the top.
    public static final String OTHER = "other";

    public PeerSockets {
        oldest = Map.copyOf(oldest);
    }

    /// Connections of unknown age.
    public PeerSockets(String peer, Direction direction, Counts<TcpState> states) {
        this(peer, direction, states, Map.of());
    }
}
