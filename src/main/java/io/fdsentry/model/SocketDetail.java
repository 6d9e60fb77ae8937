package io.fdsentry.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One socket of one process, for a person or for evidence.
///
/// @param inode its identity while it lives
/// @param protocol its protocol
/// @param state TCP state, null for other protocols
/// @param local local `address:port`, empty where unknown
/// @param peer remote `address:port`, empty where there is none
/// @param direction who opened it, null where unknown
/// @param firstSeen when this monitor first saw it, or earlier by the kernel's own lower bound
/// @param stateSince since when it has at least been in its state
/// @param idle how long no byte went either way, null where unknown
/// @param timer the kernel's timer: `off`, `retransmit`, `keepalive`, `timewait`, `probe`; empty where unknown
/// @param receiveQueueBytes arrived and not read
/// @param sendQueueBytes written and not acknowledged
/// @param stale why it looks abandoned, null when it does not
public record SocketDetail(
        long inode,
        Protocol protocol,
        @Nullable TcpState state,
        String local,
        String peer,
        @Nullable Direction direction,
        Instant firstSeen,
        Instant stateSince,
        @Nullable Duration idle,
        String timer,
        long receiveQueueBytes,
        long sendQueueBytes,
        @Nullable StaleReason stale) {}
