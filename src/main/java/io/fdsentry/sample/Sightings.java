package io.fdsentry.sample;

import io.fdsentry.config.Config.Aggregate;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.TcpTimer;
import io.fdsentry.netlink.NetnsId;
import io.fdsentry.sample.Sighting.Part;

/// Remembers what the TCP tables of a round list.
///
/// A state is at least as old as the kernel's own account makes it, and where it changed between two dumps, no older than
/// the first of them. A byte moved when the kernel's byte times say so, unless its count of bytes stands still: then it
/// was a retransmission, or the times wrapped after 49 days.
final class Sightings {
    private final SocketMemory memory;
    private final PeerTable peers;
    private Namespace namespace = new Namespace(0, new NetnsId(0, null));
    private Aggregate aggregate = Aggregate.ADDRESS_PORT;
    private int round;
    private long now;

    Sightings(SocketMemory memory, PeerTable peers) {
        this.memory = memory;
        this.peers = peers;
    }

    /// @param grouping what outbound peers are grouped by
    void begin(RoundTime time, Aggregate grouping) {
        if (grouping != aggregate) {
            aggregate = grouping;
            forgetPeers();
        }
        round = time.number();
        now = time.millis();
    }

    /// The rows that follow are of this namespace.
    void enter(Namespace next) {
        namespace = next;
    }

    /// Remembers a row; those without an inode have no descriptor.
    void add(Sighting row) {
        if (row.state == TcpState.LISTEN) {
            namespace.ports().set(row.localPort);
        }
        if (row.inode == 0) {
            return;
        }
        int slot = memory.find(row.inode);
        if (slot == SocketMemory.ABSENT) {
            slot = memory.add(row.inode);
            memory.firstSeen(slot, now - row.age);
            memory.state(slot, row.state, now - row.stateAtLeast());
        }
        if (row.part == Part.SUBFLOW && isMaster(slot)) {
            addSubflow(slot, row);
        } else {
            addWhole(slot, row);
        }
    }

    private boolean isMaster(int slot) {
        return memory.is(slot, SocketMemory.MPTCP) && memory.listedRound(slot) == round;
    }

    private void addWhole(int slot, Sighting row) {
        TcpState before = memory.state(slot);
        if (before != row.state) {
            memory.state(slot, row.state, Math.max(namespace.dumpedAt(), now - row.stateAtLeast()));
        }
        boolean reopened = before != row.state && (before == TcpState.CLOSED || row.state == TcpState.SYN_SENT);
        if (row.hasPeer() && (reopened || memory.peer(slot) == SocketMemory.NO_PEER)) {
            learnPeer(slot, row);
        }
        memory.clear(slot, SocketMemory.MISSED | SocketMemory.DEAD | SocketMemory.TIMER_OFF | SocketMemory.MPTCP);
        memory.set(slot, row.part == Part.MASTER ? SocketMemory.WAS_LISTED | SocketMemory.MPTCP : SocketMemory.WAS_LISTED);
        memory.protocol(slot, Protocol.TCP);
        memory.namespace(slot, namespace.number());
        memory.listedRound(slot, round);
        memory.queues(slot, row.receiveQueue, row.sendQueue);
        if (row.part != Part.MASTER) {
            learnTimer(slot, row);
        }
        learnTimes(slot, row);
    }

    /// The MPTCP socket has told the state. Keepalive runs on subflows only, and the last byte moved over any of them.
    private void addSubflow(int slot, Sighting row) {
        learnTimer(slot, row);
        long moved = now - row.idle;
        if (row.timed && (!memory.is(slot, SocketMemory.BYTE_TIMES) || moved > memory.byteMoved(slot))) {
            memory.byteMoved(slot, moved);
            memory.set(slot, SocketMemory.BYTE_TIMES);
        }
    }

    private void learnTimer(int slot, Sighting row) {
        if (row.state != TcpState.ESTABLISHED && row.state != TcpState.CLOSE_WAIT) {
            return;
        }
        if (row.timer == TcpTimer.OFF) {
            memory.set(slot, SocketMemory.TIMER_OFF | SocketMemory.TIMER_OFF_SEEN);
        } else if (row.timer == TcpTimer.KEEPALIVE) {
            memory.set(slot, SocketMemory.KEEPALIVE_SEEN);
        }
    }

    private void learnTimes(int slot, Sighting row) {
        boolean sameBytes = row.counted && memory.bytes(slot, row.bytes);
        if (!row.timed) {
            memory.clear(slot, SocketMemory.BYTE_TIMES);
        } else if (!sameBytes || !memory.is(slot, SocketMemory.BYTE_TIMES)) {
            memory.byteMoved(slot, now - row.idle);
            memory.set(slot, SocketMemory.BYTE_TIMES);
        }
    }

    /// Who opened it is asked once: a server that stops listening goes on with the connections it has.
    private void learnPeer(int slot, Sighting row) {
        boolean inbound = namespace.isListening(row.localPort);
        int port = inbound || aggregate == Aggregate.ADDRESS ? 0 : row.peerPort;
        memory.peer(slot, peers.intern(row.peerHigh, row.peerLow, port));
        if (inbound) {
            memory.set(slot, SocketMemory.INBOUND);
        } else {
            memory.clear(slot, SocketMemory.INBOUND);
        }
    }

    private void forgetPeers() {
        for (int slot = 0; slot < memory.capacity(); slot++) {
            if (memory.isUsed(slot) && !memory.is(slot, SocketMemory.INBOUND)) {
                memory.peer(slot, SocketMemory.NO_PEER);
            }
        }
    }
}
