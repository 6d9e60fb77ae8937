package io.fdsentry.sample;

import io.fdsentry.model.Direction;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.sample.Endpoints.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every socket of the processes of which everything is wanted.
final class Details {
    private static final Endpoint UNKNOWN = new Endpoint("", "", "");

    private final SocketMemory memory;
    private final Endpoints endpoints;
    private final RoundTime time;

    Details(SocketMemory memory, Endpoints endpoints, RoundTime time) {
        this.memory = memory;
        this.endpoints = endpoints;
        this.time = time;
    }

    /// Each socket once, however many descriptors hold it.
    List<SocketDetail> of(Watched process) {
        FdListing fds = process.fds;
        Set<Long> told = new HashSet<>();
        List<SocketDetail> details = new ArrayList<>();
        for (int i = 0; i < fds.size(); i++) {
            int slot = fds.inode(i) == 0 ? SocketMemory.ABSENT : memory.find(fds.inode(i));
            if (slot != SocketMemory.ABSENT && told.add(fds.inode(i))) {
                details.add(detail(slot, process.thresholds));
            }
        }
        return details;
    }

    private SocketDetail detail(int slot, Thresholds thresholds) {
        long inode = memory.inode(slot);
        boolean tcp = memory.protocol(slot) == Protocol.TCP;
        TcpState state = tcp ? memory.state(slot) : null;
        Endpoint found = endpoints.of(inode);
        Endpoint endpoint = found == null ? UNKNOWN : found;
        boolean queues = state != null && state != TcpState.LISTEN;
        return new SocketDetail(
                inode,
                memory.protocol(slot),
                state,
                endpoint.local(),
                endpoint.peer(),
                direction(slot),
                time.instant(memory.firstSeen(slot)),
                time.instant(memory.stateSince(slot)),
                memory.is(slot, SocketMemory.BYTE_TIMES)
                        ? Duration.ofMillis(time.millis() - memory.byteMoved(slot))
                        : null,
                endpoint.timer(),
                queues ? memory.receiveQueue(slot) : 0,
                queues ? memory.sendQueue(slot) : 0,
                tcp ? Staleness.of(memory, slot, thresholds, time.millis()) : null);
    }

    private @Nullable Direction direction(int slot) {
        if (memory.peer(slot) == SocketMemory.NO_PEER) {
            return null;
        }
        return memory.is(slot, SocketMemory.INBOUND) ? Direction.IN : Direction.OUT;
    }
}
