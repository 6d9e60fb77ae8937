package io.fdsentry.detect;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Both ends of a leaked connection rise. Where both are suspected and their connections are known, this finds
/// which
/// process is at the other end, by address and port: the end that opened connections for a cause that could be told
/// is
/// the holder, the end that accepted them is held.
final class Ends {
    private static final double NEARLY_ALL = .8;

    /// The process at the other end of nearly all, by process; kept while the connections are not listed anew.
    private final Map<ProcessId, ProcessId> others = new HashMap<>();

    private record End(String local, String peer) {}

    /// The findings of a round with the roles and other ends that can be told.
    List<Finding> join(List<Finding> findings, Snapshot round) {
        Map<ProcessId, Finding> byProcess = new HashMap<>();
        findings.stream().filter(Ends::isOfConnections).forEach(finding -> byProcess.put(finding.process(), finding));
        others.keySet().retainAll(byProcess.keySet());
        if (byProcess.size() < 2) {
            return findings;
        }
        Map<End, ProcessId> ends = ends(byProcess, round);
        byProcess.keySet().forEach(process -> look(process, round, ends));
        return findings.stream()
                .map(finding -> isOfConnections(finding) ? joined(finding, byProcess) : finding)
                .toList();
    }

    private static boolean isOfConnections(Finding finding) {
        return switch (finding.resource()) {
            case FDS, SOCKETS, CLOSE_WAIT, CLOSED, STALE_SOCKETS -> true;
            case THREADS, GOROUTINES -> false;
        };
    }

    private static Map<End, ProcessId> ends(Map<ProcessId, Finding> byProcess, Snapshot round) {
        Map<End, ProcessId> ends = new HashMap<>();
        for (ProcessId process : byProcess.keySet()) {
            for (SocketDetail socket : round.details().getOrDefault(process, List.of())) {
                if (socket.state() == TcpState.ESTABLISHED) {
                    ends.put(new End(socket.local(), socket.peer()), process);
                }
            }
        }
        return ends;
    }

    private void look(ProcessId process, Snapshot round, Map<End, ProcessId> ends) {
        List<SocketDetail> sockets = round.details().get(process);
        if (sockets == null) {
            return;
        }
        Map<ProcessId, Integer> found = new HashMap<>();
        int connections = 0;
        for (SocketDetail socket : sockets) {
            if (socket.state() == TcpState.ESTABLISHED && !socket.peer().isEmpty()) {
                connections++;
                ProcessId other = ends.get(new End(socket.peer(), socket.local()));
                if (other != null && !other.equals(process)) {
                    found.merge(other, 1, Integer::sum);
                }
            }
        }
        others.remove(process);
        for (Map.Entry<ProcessId, Integer> other : found.entrySet()) {
            if (other.getValue() >= NEARLY_ALL * connections) {
                others.put(process, other.getKey());
            }
        }
    }

    private Finding joined(Finding finding, Map<ProcessId, Finding> byProcess) {
        ProcessId at = others.get(finding.process());
        Finding other = at == null ? null : byProcess.get(at);
        if (other == null || !Objects.equals(others.get(other.process()), finding.process())) {
            return finding;
        }
        return with(finding, isHeldBy(finding, other) ? Role.HELD : finding.role(), other.target());
    }

    /// Only where the other end is known to be at fault and this one is not.
    private static boolean isHeldBy(Finding finding, Finding other) {
        return finding.cause() == Cause.UNKNOWN && other.cause() == Cause.CONNECTION_POOL_PER_REQUEST;
    }

    private static Finding with(Finding finding, Role role, String peerProcess) {
        return new Finding(
                finding.id(),
                finding.process(),
                finding.target(),
                finding.resource(),
                finding.state(),
                finding.cause(),
                role,
                finding.sentence(),
                finding.peer(),
                peerProcess,
                finding.site(),
                finding.since(),
                finding.growthPerSecond(),
                finding.secondsToLimit());
    }
}
