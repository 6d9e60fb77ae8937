package io.fdsentry.detect;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Both ends of a leaked connection rise. Where we see both, one finding stands, at the holder: the end that does
/// not close, or, where neither closes, the end that opened connections for a cause that could be told. It says
/// who is at the other end, and in which state the connections are there. The held end has a finding of its own
/// only where it runs out of room well before the holder does. The proxy of a mesh is never taken for the holder of
/// what the processes beside it keep.
final class Ends {
    private static final double NEARLY_ALL = .8;
    private static final double HALF = .5;
    /// A proxy keeps two connections for each of the app's: half the time is usual.
    private static final double A_QUARTER = .25;

    /// What is at the other end of most, by process; kept while the connections are not listed anew, and after they
    /// have gone there.
    private final Map<ProcessId, Other> others = new HashMap<>();

    private MeshProxies proxies = MeshProxies.among(List.of());

    /// @param process who is there; null where nobody we watch is
    /// @param leaked the state of the leaked connections here
    /// @param there the state of most of them there; null where they are no more
    private record Other(
            @Nullable ProcessId process,
            TcpState leaked,
            @Nullable TcpState there) {}

    /// What a round comes to.
    ///
    /// @param findings with the roles and other ends that can be told
    /// @param holderOf the finding at the holder, by the process that is held by it
    record Joined(List<Finding> findings, Map<ProcessId, Finding> holderOf) {}

    /// Takes a round in.
    Joined join(List<Finding> findings, Snapshot round) {
        Map<ProcessId, Finding> byProcess = new HashMap<>();
        findings.stream()
                .filter(finding -> isOfConnections(finding) && movesWithConnections(finding))
                .forEach(finding -> byProcess.put(finding.process(), finding));
        others.keySet().retainAll(byProcess.keySet());
        proxies = byProcess.isEmpty() ? MeshProxies.among(List.of()) : MeshProxies.among(round.processes());
        byProcess.values().forEach(finding -> look(finding, round));
        Map<ProcessId, Finding> holderOf = new HashMap<>();
        byProcess.values().forEach(finding -> hold(finding, byProcess, holderOf));
        Map<ProcessId, ProcessSample> processes = new HashMap<>();
        if (!byProcess.isEmpty()) {
            round.processes().forEach(process -> processes.put(process.id(), process));
        }
        List<Finding> told = new ArrayList<>();
        for (Finding finding : findings) {
            Finding holder = movesWithConnections(finding) ? holderOf.get(finding.process()) : null;
            if (holder == null) {
                boolean isJoined = finding.equals(byProcess.get(finding.process()));
                told.add(isJoined ? told(finding, processes, byProcess.keySet()) : finding);
            } else if (isUrgentByItself(finding, holder)) {
                told.add(with(finding, Role.HELD, "", processes.get(holder.process())));
            }
        }
        return new Joined(told, holderOf);
    }

    /// A thread or goroutine for each connection that is held is no leak of its own; files, pipes and clients are.
    private static boolean movesWithConnections(Finding finding) {
        return switch (finding.cause()) {
            case UNCLOSED_FILES, CHILD_PIPES_NOT_CLOSED, HTTP_CLIENT_PER_REQUEST -> false;
            case UNKNOWN -> true;
            case RESPONSE_BODY_NOT_CLOSED,
                    CONNECTION_POOL_PER_REQUEST,
                    RETIRED_BACKEND_CONNECTIONS,
                    DEADLOCKED_HANDLERS,
                    HALF_OPEN_PEERS,
                    GOROUTINE_LEAK,
                    THREAD_LEAK -> isOfConnections(finding);
        };
    }

    private static boolean isOfConnections(Finding finding) {
        return isOfConnections(finding.resource());
    }

    static boolean isOfConnections(Resource resource) {
        return switch (resource) {
            case FDS, SOCKETS, CLOSE_WAIT, CLOSED, STALE_SOCKETS -> true;
            case THREADS, GOROUTINES -> false;
        };
    }

    private void look(Finding finding, Snapshot round) {
        List<SocketDetail> listed = round.details().get(finding.process());
        if (listed == null) {
            return;
        }
        TcpState leaked = leaked(finding, listed);
        Direction direction = direction(leaked, listed);
        List<SocketDetail> with = listed.stream()
                .filter(socket -> socket.direction() == direction && isWith(finding.peer(), socket))
                .toList();
        Other before = others.get(finding.process());
        ProcessId process = process(finding.process(), with);
        if (process == null && before != null && before.leaked() == leaked) {
            process = before.process();
        }
        others.put(finding.process(), new Other(process, leaked, there(leaked, with)));
    }

    private static TcpState leaked(Finding finding, List<SocketDetail> listed) {
        if (finding.resource() == Resource.CLOSE_WAIT || finding.resource() == Resource.CLOSED) {
            return TcpState.CLOSE_WAIT;
        }
        Map<TcpState, Integer> counts = new EnumMap<>(TcpState.class);
        for (TcpState state : List.of(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, TcpState.FIN_WAIT2)) {
            counts.put(state, (int)
                    listed.stream().filter(socket -> socket.state() == state).count());
        }
        return most(counts);
    }

    private static Direction direction(TcpState leaked, List<SocketDetail> listed) {
        Map<Direction, Integer> counts = new EnumMap<>(Map.of(Direction.OUT, 0));
        for (SocketDetail socket : listed) {
            if (socket.state() == leaked && socket.direction() != null) {
                counts.merge(socket.direction(), 1, Integer::sum);
            }
        }
        return most(counts);
    }

    private static <K> K most(Map<K, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /// @param peer of the finding: an address, one with a port, or empty
    private static boolean isWith(String peer, SocketDetail socket) {
        return peer.isEmpty()
                || socket.peer().equals(peer)
                || socket.direction() == Direction.IN && socket.peer().startsWith(peer + ":")
                || socket.direction() == Direction.IN && socket.peer().startsWith("[" + peer + "]:");
    }

    /// Who holds nearly all of the other ends that anybody holds.
    private static @Nullable ProcessId process(ProcessId self, List<SocketDetail> sockets) {
        Map<ProcessId, Integer> holders = new HashMap<>();
        int known = 0;
        for (SocketDetail socket : sockets) {
            OtherEnd end = socket.otherEnd();
            if (end == null) {
                known += socket.state() == TcpState.ESTABLISHED ? 1 : 0;
            } else if (end.process() != null && !end.process().equals(self)) {
                holders.merge(end.process(), 1, Integer::sum);
                known++;
            }
        }
        ProcessId most = holders.isEmpty() ? null : most(holders);
        return most != null && Objects.requireNonNull(holders.get(most)) >= NEARLY_ALL * known ? most : null;
    }

    /// The state of most other ends that are still there.
    private static @Nullable TcpState there(TcpState leaked, List<SocketDetail> sockets) {
        Map<TcpState, Integer> states = new EnumMap<>(TcpState.class);
        for (SocketDetail socket : sockets) {
            if (socket.state() == leaked && socket.otherEnd() != null) {
                states.merge(socket.otherEnd().state(), 1, Integer::sum);
            }
        }
        return states.isEmpty() ? null : most(states);
    }

    private void hold(Finding finding, Map<ProcessId, Finding> byProcess, Map<ProcessId, Finding> holderOf) {
        Other other = others.get(finding.process());
        Finding there = other == null || other.process() == null ? null : byProcess.get(other.process());
        Other back = there == null ? null : others.get(there.process());
        if (other == null || there == null || back == null) {
            return;
        }
        boolean mutual = finding.process().equals(back.process());
        boolean holder = proxies.contains(there.process()) && !proxies.contains(finding.process())
                ? holdsItsProxy(finding, other)
                : mutual && doesNotClose(finding, other, there, back);
        if (holder && !holderOf.containsKey(finding.process())) {
            holderOf.put(there.process(), finding);
        }
    }

    /// Most of a proxy's connections may be those with the far end, so it does not matter what it points to.
    private static boolean holdsItsProxy(Finding finding, Other other) {
        return finding.role() == Role.HOLDER && other.leaked() != TcpState.FIN_WAIT2;
    }

    private boolean doesNotClose(Finding finding, Other other, Finding there, Other back) {
        boolean neitherCloses = other.leaked() == TcpState.ESTABLISHED && back.leaked() == TcpState.ESTABLISHED;
        return other.leaked() == TcpState.CLOSE_WAIT || neitherCloses && isAtFault(finding, there);
    }

    private boolean isAtFault(Finding finding, Finding there) {
        if (proxies.contains(finding.process())) {
            return false;
        }
        boolean told = finding.cause() == Cause.CONNECTION_POOL_PER_REQUEST && there.cause() == Cause.UNKNOWN;
        return told || finding.role() == Role.HOLDER && there.role() == Role.HELD;
    }

    /// Whether one that is held will be out of room well before its holder.
    private boolean isUrgentByItself(Finding held, Finding holder) {
        Double left = held.secondsToLimit();
        Double holders = holder.secondsToLimit();
        double share = proxies.contains(held.process()) ? A_QUARTER : HALF;
        return held.state() == LeakState.URGENT && left != null && (holders == null || left < share * holders);
    }

    /// @param rising processes of which connections rise
    private Finding told(Finding finding, Map<ProcessId, ProcessSample> processes, Set<ProcessId> rising) {
        Other other = others.get(finding.process());
        ProcessSample process = other == null || other.process() == null ? null : processes.get(other.process());
        String clause = other == null ? "" : clause(finding, other, process);
        if (proxies.isBetween(finding.process(), other == null ? null : other.leaked(), rising)) {
            Finding calm = MeshProxies.withoutHanging(finding);
            return with(calm, Role.HELD, clause + " A mesh's proxy keeps what the app and its peers keep.", process);
        }
        boolean held = other != null && other.leaked() == TcpState.FIN_WAIT2;
        return with(finding, held ? Role.HELD : finding.role(), clause, process);
    }

    /// Such as `The other end, nginx, pid 33, gave up: FIN_WAIT2 there.`
    private static String clause(Finding finding, Other other, @Nullable ProcessSample process) {
        String who = process == null ? " The other end" : " The other end, " + named(process) + ",";
        String state = other.there() == null ? "" : other.there().name() + " there.";
        return switch (other.leaked()) {
            case CLOSE_WAIT -> {
                String verb = finding.cause() == Cause.DEADLOCKED_HANDLERS ? " gave up" : " has closed";
                yield other.there() != null ? who + verb + ": " + state : process == null ? "" : who + verb + ".";
            }
            case ESTABLISHED -> process == null || state.isEmpty() ? "" : who + " has them too: " + state;
            case FIN_WAIT2 -> process == null || state.isEmpty() ? "" : who + " does not close: " + state;
            case SYN_SENT, SYN_RECV, FIN_WAIT1, TIME_WAIT, CLOSED, LAST_ACK, LISTEN, CLOSING -> "";
        };
    }

    /// `nginx, pid 33`, or by the name it is watched under: `controller (java, pid 33)`.
    private static String named(ProcessSample process) {
        String program = process.command() + ", pid " + process.id().pid();
        return process.target().equals(process.command()) ? program : process.target() + " (" + program + ")";
    }

    private static Finding with(Finding finding, Role role, String clause, @Nullable ProcessSample process) {
        return new Finding(
                finding.id(),
                finding.process(),
                finding.target(),
                finding.resource(),
                finding.state(),
                finding.cause(),
                role,
                finding.sentence() + clause,
                finding.peer(),
                process == null ? "" : process.target(),
                finding.site(),
                finding.since(),
                finding.growthPerSecond(),
                finding.secondsToLimit());
    }
}
