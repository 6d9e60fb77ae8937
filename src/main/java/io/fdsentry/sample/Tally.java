package io.fdsentry.sample;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Idle;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up the socket descriptors of one process; one tally serves all processes, one after the other.
final class Tally {
    private static final List<TcpState> AGED =
            List.of(TcpState.CLOSE_WAIT, TcpState.CLOSED, TcpState.FIN_WAIT2, TcpState.ESTABLISHED);

    private final SocketMemory memory;
    private final PeerTally peers = new PeerTally();
    private final int[] protocols = new int[Protocol.values().length];
    private final int[] tcp = new int[TcpState.values().length];
    private final int[] stale = new int[StaleReason.values().length];
    private final Ages firstSeen = new Ages();
    private final Ages idleAtLeast = new Ages();
    /// By ordinal of the state; null for those whose ages nobody asks for.
    private final @Nullable Ages[] older = new @Nullable Ages[TcpState.values().length];
    private Thresholds thresholds = new Thresholds(new long[Age.values().length], 0, 0);
    private long now;
    private int withoutKeepalive;
    private int withoutTimes;
    private long receiveQueue;
    private long sendQueue;

    Tally(SocketMemory memory) {
        this.memory = memory;
        AGED.forEach(state -> older[state.ordinal()] = new Ages());
    }

    /// Starts with a process.
    ///
    /// @param time now, in milliseconds of the monotonic clock
    /// @param peerEnd numbers of peers are below this
    void begin(Thresholds limits, long time, int peerEnd) {
        thresholds = limits;
        now = time;
        peers.begin(peerEnd);
        Arrays.fill(protocols, 0);
        Arrays.fill(tcp, 0);
        Arrays.fill(stale, 0);
        firstSeen.clear();
        idleAtLeast.clear();
        for (Ages ages : older) {
            if (ages != null) {
                ages.clear();
            }
        }
        withoutKeepalive = 0;
        withoutTimes = 0;
        receiveQueue = 0;
        sendQueue = 0;
    }

    /// Adds a descriptor of a socket.
    void add(int slot) {
        long facts = memory.facts(slot);
        Protocol protocol = SocketMemory.protocolIn(facts);
        protocols[protocol.ordinal()]++;
        firstSeen.add(thresholds, now - memory.firstSeen(slot));
        if (protocol == Protocol.TCP) {
            addTcp(slot, SocketMemory.stateIn(facts));
        }
    }

    private void addTcp(int slot, TcpState state) {
        tcp[state.ordinal()]++;
        Ages ages = older[state.ordinal()];
        if (ages != null) {
            ages.add(thresholds, now - memory.stateSince(slot));
        }
        StaleReason reason = Staleness.of(memory, slot, thresholds, now);
        if (reason != null) {
            stale[reason.ordinal()]++;
        }
        if (state != TcpState.LISTEN) {
            receiveQueue += memory.receiveQueue(slot);
            sendQueue += memory.sendQueue(slot);
            addConnection(slot, state);
        }
    }

    private void addConnection(int slot, TcpState state) {
        if (state == TcpState.ESTABLISHED && Staleness.lacksKeepalive(memory, slot)) {
            withoutKeepalive++;
        }
        if (state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT) {
            if (memory.is(slot, SocketMemory.BYTE_TIMES)) {
                idleAtLeast.add(thresholds, now - memory.byteMoved(slot));
            } else if (!memory.is(slot, SocketMemory.MISSED)) {
                withoutTimes++;
            }
        }
        int peer = memory.peer(slot);
        if (peer != SocketMemory.NO_PEER) {
            Direction direction = memory.is(slot, SocketMemory.INBOUND) ? Direction.IN : Direction.OUT;
            peers.count(PeerTally.key(peer, direction), state, memory.stateSince(slot));
        }
    }

    /// The peers of what was added.
    PeerTally peers() {
        return peers;
    }

    /// Whether the byte times of all connections that a table listed are known.
    boolean knowsAllTimes() {
        return withoutTimes == 0;
    }

    Sockets sockets(List<PeerSockets> ranked) {
        int[] told = stale.clone();
        told[StaleReason.HALF_OPEN.ordinal()] = 0;
        told[StaleReason.IDLE.ordinal()] = 0;
        Map<TcpState, Counts<Age>> olderThan = new EnumMap<>(TcpState.class);
        for (TcpState state : AGED) {
            Ages ages = older[state.ordinal()];
            if (ages != null) {
                olderThan.put(state, ages.atLeast());
            }
        }
        return new Sockets(
                Counts.of(Protocol.class, protocols),
                Counts.of(TcpState.class, tcp),
                olderThan,
                Counts.of(StaleReason.class, told),
                withoutKeepalive,
                receiveQueue,
                sendQueue,
                ranked,
                firstSeen.atLeast());
    }

    Idle idle() {
        return new Idle(
                stale[StaleReason.HALF_OPEN.ordinal()], stale[StaleReason.IDLE.ordinal()], idleAtLeast.atLeast());
    }
}
