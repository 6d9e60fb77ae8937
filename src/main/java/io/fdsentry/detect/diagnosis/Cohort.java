package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Direction;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The connections of a process with one peer in one direction and state, inbound ones to one port.
final class Cohort {
    /// No byte for this share of its life: not used since it was opened.
    private static final double UNUSED = .9;
    /// That long the bytes with which a connection begins may take to move, on a busy machine.
    private static final Duration OPENING = Duration.ofSeconds(1);

    /// So many bytes may be the handshake and the close.
    private static final int HANDSHAKE = 2;
    /// So young a connection may be in use for its only time.
    private static final Duration YOUNG = Duration.ofMinutes(2);
    /// A client that does not expect an answer closes sooner.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    final Direction direction;
    final TcpState state;
    /// `address:port` of outbound connections, the address alone of inbound ones.
    final String peer;

    /// The port of ours that inbound ones came to, empty for outbound ones.
    final String localPort;

    private int count;
    private int unused;
    private int unanswered;
    private int withoutTimer;
    private int silent;
    private int inUse;
    private int seenThere;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private Instant firstSilent = Instant.MAX;

    Cohort(Direction direction, TcpState state, String peer, String localPort) {
        this.direction = direction;
        this.state = state;
        this.peer = peer;
        this.localPort = localPort;
    }

    /// Adds one of them; what matters of a closed one is when it was closed, of an established one when it was
    /// opened.
    void add(SocketDetail socket, Instant at) {
        count++;
        Instant began = state == TcpState.CLOSE_WAIT ? socket.stateSince() : socket.firstSeen();
        first = began.isBefore(first) ? began : first;
        last = began.isAfter(last) ? began : last;
        Duration age = Duration.between(socket.firstSeen(), at);
        boolean isUnused = isUnused(socket.idle(), age);
        boolean hasNoTimer = socket.timer().equals("off");
        unused += isUnused ? 1 : 0;
        unanswered += isUnanswered(socket, at) ? 1 : 0;
        withoutTimer += hasNoTimer ? 1 : 0;
        inUse += !isUnused && age.compareTo(YOUNG) > 0 ? 1 : 0;
        seenThere += isSeenThere(socket.otherEnd()) ? 1 : 0;
        if (isUnused && hasNoTimer) {
            silent++;
            firstSilent = began.isBefore(firstSilent) ? began : firstSilent;
        }
    }

    private static boolean isSeenThere(@Nullable OtherEnd other) {
        return other != null && other.process() != null && other.state() == TcpState.ESTABLISHED;
    }

    private static boolean isUnused(@Nullable Duration idle, Duration age) {
        return idle != null && idle.plus(OPENING).toMillis() >= UNUSED * age.toMillis();
    }

    /// The client asked, waited, and left without a byte.
    private static boolean isUnanswered(SocketDetail socket, Instant at) {
        Long received = socket.receivedBytes();
        Long sent = socket.sentBytes();
        Duration idle = socket.idle();
        if (received == null || sent == null || idle == null) {
            return false;
        }
        Duration waited = idle.minus(Duration.between(socket.stateSince(), at));
        return received > HANDSHAKE && sent <= HANDSHAKE && waited.compareTo(PATIENCE) >= 0;
    }

    int count() {
        return count;
    }

    /// How many were not used since they were opened, as far as byte times are known.
    int unused() {
        return unused;
    }

    /// How many asked and left unanswered after a while.
    int unanswered() {
        return unanswered;
    }

    /// How many have no timer of the kernel that could end them.
    int withoutTimer() {
        return withoutTimer;
    }

    /// How many were not used since they were opened and have no timer: nothing will end them.
    int silent() {
        return silent;
    }

    /// How many are used again and again.
    int inUse() {
        return inUse;
    }

    /// How many have an other end that we see, alive.
    int seenThere() {
        return seenThere;
    }

    /// Since when the oldest of the silent ones is silent.
    Instant firstSilent() {
        return firstSilent;
    }

    /// Since when the oldest is as it is.
    Instant first() {
        return first;
    }

    /// From the first to the last.
    Duration took() {
        return Duration.between(first, last);
    }

    /// How much of the time since the first one they took to come, 0 (all at once) to 1 (they still come).
    double spread(Instant at) {
        double all = Duration.between(first, at).toMillis();
        return all <= 0 ? 0 : Duration.between(first, last).toMillis() / all;
    }

    /// The address without the port.
    String host() {
        int colon = direction == Direction.OUT ? peer.lastIndexOf(':') : -1;
        return colon < 0 ? peer : peer.substring(0, colon);
    }

    /// The port of an outbound connection's peer, empty for an inbound one.
    String port() {
        int colon = direction == Direction.OUT ? peer.lastIndexOf(':') : -1;
        return colon < 0 ? "" : peer.substring(colon + 1);
    }
}
