package io.fdsentry.model;

/// The connections of a process with one peer.
///
/// @param peer `address:port` of outbound connections, the address alone of inbound ones, v4-mapped written as v4; or
/// [#OTHER]
/// @param direction who opened them
/// @param states descriptors by state
public record PeerSockets(String peer, Direction direction, Counts<TcpState> states) {
    /// The peer that stands for all beyond the top.
    public static final String OTHER = "other";
}
