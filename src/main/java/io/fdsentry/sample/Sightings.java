package io.fdsentry.sample;

import io.fdsentry.config.Config.Aggregate;
import io.fdsentry.model.TcpState;
import io.fdsentry.netlink.NetnsId;

/// Remembers what the TCP tables of a round list.
///
/// A state is at least as old as the kernel's own account makes it, and where it changed between two dumps, no
/// older than the first of them. A byte moved when the kernel's byte times say so, unless its count of bytes
/// stands still: then it was a retransmission, or the times wrapped after 49 days.
final class Sightings {
    /// What a listing says anew each time.
    private static final long FLEETING = SocketMemory.MISSED
            | SocketMemory.DEAD
            | SocketMemory.TIMER_OFF
            | SocketMemory.MPTCP
            | SocketMemory.BYTE_TIMES;

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

    /// These inodes come next.
    void ahead(int[] inodes, int count) {
        memory.fetch(inodes, count);
    }

    /// Remembers a row; those without an inode have no descriptor.
    void add(Sighting row) {
        if (row.state == TcpState.LISTEN) {
            namespace.ports().set(row.ends.localPort());
        }
        if (row.inode == 0) {
            return;
        }
        int slot = memory.find(row.inode);
        if (slot == SocketMemory.ABSENT) {
            slot = memory.add(row.inode);
        }
        if (!memory.is(slot, SocketMemory.MET)) {
            memory.firstSeen(slot, now - row.age());
            memory.state(slot, row.state, now - row.stateAtLeast());
        }
        switch (row.part) {
            case WHOLE -> addWhole(slot, row);
            case SUBFLOW -> addSubflow(slot, row);
            case MASTER -> addMaster(slot, row);
        }
    }

    private void addWhole(int slot, Sighting row) {
        TcpState before = memory.state(slot);
        if (before != row.state || memory.peer(slot) == SocketMemory.NO_PEER) {
            follow(slot, row, before);
        }
        memory.queues(slot, row.receiveQueue, row.sendQueue);
        if (row.timed && !isWithoutBytes(slot, row)) {
            memory.byteMoved(slot, now - row.idle());
        }
        long times = row.timed ? SocketMemory.BYTE_TIMES : 0;
        memory.list(slot, round, namespace.number(), FLEETING, SocketMemory.WAS_LISTED | times | timerFacts(row));
    }

    /// One that is known to belong to an MPTCP connection says nothing of its state.
    private void addSubflow(int slot, Sighting row) {
        if (memory.is(slot, SocketMemory.MPTCP)) {
            addPart(slot, row, timerFacts(row));
        } else {
            addWhole(slot, row);
        }
    }

    private void addMaster(int slot, Sighting row) {
        follow(slot, row, memory.state(slot));
        memory.queues(slot, row.receiveQueue, row.sendQueue);
        addPart(slot, row, 0);
    }

    /// Keepalive runs on subflows only, and the last byte moved over any of the parts.
    private void addPart(int slot, Sighting row, long timerFacts) {
        boolean others = memory.listedRound(slot) == round;
        boolean othersTimed = others && memory.is(slot, SocketMemory.BYTE_TIMES);
        if (row.timed && (!othersTimed || now - row.idle() > memory.byteMoved(slot))) {
            memory.byteMoved(slot, now - row.idle());
        }
        long times = row.timed || othersTimed ? SocketMemory.BYTE_TIMES : 0;
        long facts = SocketMemory.WAS_LISTED | SocketMemory.MPTCP | times | timerFacts;
        memory.list(slot, round, namespace.number(), others ? 0 : FLEETING, facts);
    }

    private void follow(int slot, Sighting row, TcpState before) {
        if (before != row.state) {
            if (!memory.is(slot, SocketMemory.WAS_LISTED)) {
                memory.firstSeen(slot, Math.min(memory.firstSeen(slot), now - row.age()));
            }
            memory.state(slot, row.state, Math.max(namespace.dumpedAt(), now - row.stateAtLeast()));
        }
        boolean reopened = before != row.state && (before == TcpState.CLOSED || row.state == TcpState.SYN_SENT);
        if (row.ends.peerPort() != 0 && (reopened || memory.peer(slot) == SocketMemory.NO_PEER)) {
            learnPeer(slot, row);
        }
    }

    private static long timerFacts(Sighting row) {
        if (row.state != TcpState.ESTABLISHED && row.state != TcpState.CLOSE_WAIT) {
            return 0;
        }
        return switch (row.timer) {
            case OFF -> SocketMemory.TIMER_OFF | SocketMemory.TIMER_OFF_SEEN;
            case KEEPALIVE -> SocketMemory.KEEPALIVE_SEEN;
            case RETRANSMIT, TIMEWAIT, PROBE, OTHER -> 0;
        };
    }

    /// Whether no byte moved since the last listing that told byte times, by the kernel's count.
    private boolean isWithoutBytes(int slot, Sighting row) {
        return row.counted && memory.bytes(slot, row.bytes) && memory.is(slot, SocketMemory.BYTE_TIMES);
    }

    /// Who opened it is asked once: a server that stops listening goes on with the connections it has.
    private void learnPeer(int slot, Sighting row) {
        boolean inbound = namespace.isListening(row.ends.localPort());
        int port = inbound || aggregate == Aggregate.ADDRESS ? 0 : row.ends.peerPort();
        memory.peer(slot, peers.intern(row.ends.peerHigh(), row.ends.peerLow(), port));
        if (inbound) {
            memory.set(slot, SocketMemory.INBOUND);
        } else {
            memory.clear(slot, SocketMemory.INBOUND);
        }
    }

    private void forgetPeers() {
        for (int slot = 0; slot < memory.end(); slot++) {
            if (memory.isUsed(slot) && !memory.is(slot, SocketMemory.INBOUND)) {
                memory.peer(slot, SocketMemory.NO_PEER);
            }
        }
    }
}
