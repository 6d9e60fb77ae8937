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
/// @param peer remote `address:port`, empty where there is none; of one that no table lists what is remembered of it,
///     which may lack the port
/// @param direction who opened it, null where unknown
/// @param firstSeen when this monitor first saw it, or earlier by the kernel's own lower bound
/// @param stateSince since when it has at least been in its state
/// @param idle how long no byte went either way, null where unknown
/// @param timer the kernel's timer: `off`, `retransmit`, `keepalive`, `timewait`, `probe`; empty where unknown
/// @param receiveQueueBytes arrived and not read
/// @param sendQueueBytes written and not acknowledged
/// @param stale why it looks abandoned, null when it does not
/// @param receivedBytes since it was opened, and up to two more; null where unknown
/// @param sentBytes that the peer acknowledged since it was opened, and up to two more; null where unknown
/// @param otherEnd the same connection as its other end has it, null where we do not see that
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
        @Nullable StaleReason stale,
        @Nullable Long receivedBytes,
        @Nullable Long sentBytes,
        @Nullable OtherEnd otherEnd) {

    /// One of which neither bytes nor other end are known.
    public SocketDetail(
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
            @Nullable StaleReason stale) {
        this(
                inode,
                protocol,
                state,
                local,
                peer,
                direction,
                firstSeen,
                stateSince,
                idle,
                timer,
                receiveQueueBytes,
                sendQueueBytes,
                stale,
                null,
                null,
                null);
    }
}
