package io.fdsentry.sample;

import io.fdsentry.model.Direction;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.sample.Endpoints.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every socket of the processes of which everything is wanted.
final class Details {
    private final SocketMemory memory;
    private final Endpoints endpoints;
    private final Roster roster;
    private final PeerTable peers;
    private final RoundTime time;

    Details(SocketMemory memory, Endpoints endpoints, Roster roster, PeerTable peers, RoundTime time) {
        this.memory = memory;
        this.endpoints = endpoints;
        this.roster = roster;
        this.peers = peers;
        this.time = time;
    }

    /// By process.
    Map<ProcessId, List<SocketDetail>> of(Collection<Watched> processes) {
        Map<Watched, Set<Integer>> slots = new HashMap<>();
        for (Watched process : processes) {
            slots.put(process, slots(process));
        }
        Map<Long, OtherEnds.Found> others = endpoints.find();
        Map<ProcessId, List<SocketDetail>> details = new HashMap<>();
        slots.forEach((process, ofProcess) -> {
            List<SocketDetail> sockets = new ArrayList<>(ofProcess.size());
            for (int slot : ofProcess) {
                sockets.add(detail(slot, process.thresholds, others.get(memory.inode(slot))));
            }
            details.put(process.id(), sockets);
        });
        return details;
    }

    /// Each socket once, however many descriptors hold it.
    private Set<Integer> slots(Watched process) {
        FdListing fds = process.fds;
        Set<Integer> slots = new LinkedHashSet<>();
        for (int i = 0; i < fds.size(); i++) {
            int slot = fds.inode(i) == 0 ? SocketMemory.ABSENT : memory.find(fds.inode(i));
            if (slot != SocketMemory.ABSENT && slots.add(slot)) {
                Direction direction = direction(slot);
                if (direction != null) {
                    endpoints.ask(fds.inode(i), direction);
                }
            }
        }
        return slots;
    }

    private SocketDetail detail(int slot, Thresholds thresholds, OtherEnds.@Nullable Found other) {
        long inode = memory.inode(slot);
        boolean tcp = memory.protocol(slot) == Protocol.TCP;
        TcpState state = tcp ? memory.state(slot) : null;
        Endpoint endpoint = endpoints.of(inode);
        boolean queues = state != null && state != TcpState.LISTEN;
        return new SocketDetail(
                inode,
                memory.protocol(slot),
                state,
                endpoint == null ? "" : endpoint.local(),
                endpoint == null ? lastPeer(slot) : endpoint.peer(),
                direction(slot),
                time.instant(memory.firstSeen(slot)),
                time.instant(memory.stateSince(slot)),
                memory.is(slot, SocketMemory.BYTE_TIMES)
                        ? Duration.ofMillis(time.millis() - memory.byteMoved(slot))
                        : null,
                endpoint == null ? "" : endpoint.timer(),
                queues ? memory.receiveQueue(slot) : 0,
                queues ? memory.sendQueue(slot) : 0,
                tcp ? Staleness.of(memory, slot, thresholds, time.millis()) : null,
                endpoint == null ? null : endpoint.received(),
                endpoint == null ? null : endpoint.sent(),
                other == null ? null : new OtherEnd(holder(other.inode()), other.state()));
    }

    /// Of one that is in no table any more: what is remembered, an address with or without a port.
    private String lastPeer(int slot) {
        int peer = memory.peer(slot);
        return peer == SocketMemory.NO_PEER ? "" : peers.text(peer);
    }

    private @Nullable ProcessId holder(long inode) {
        int slot = inode == 0 ? SocketMemory.ABSENT : memory.find(inode);
        if (slot == SocketMemory.ABSENT || memory.holders(slot, time.number()) == 0) {
            return null;
        }
        Watched holder = roster.numbered(memory.firstHolder(slot));
        return holder == null ? null : holder.id();
    }

    private @Nullable Direction direction(int slot) {
        if (memory.peer(slot) == SocketMemory.NO_PEER) {
            return null;
        }
        return memory.is(slot, SocketMemory.INBOUND) ? Direction.IN : Direction.OUT;
    }
}
