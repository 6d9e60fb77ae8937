package io.fdsentry.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A client and a server of the same host, both suspected.
class EndsTest {
    private static final ProcessId CLIENT = new ProcessId(10, 1);
    private static final ProcessId SERVER = new ProcessId(20, 2);
    private static final String SERVICE = "127.0.0.1:8202";

    private final Ends ends = new Ends();

    @Test
    void theServerIsHeldByTheClientThatIsAtFault() {
        List<Finding> told = ends.join(both(Cause.CONNECTION_POOL_PER_REQUEST), round(connections(50)));
        assertEquals(
                "HOLDER service", told.getFirst().role() + " " + told.getFirst().peerProcess());
        assertEquals("HELD client", told.getLast().role() + " " + told.getLast().peerProcess());
    }

    @Test
    void itStaysSoInRoundsThatListNothing() {
        ends.join(both(Cause.CONNECTION_POOL_PER_REQUEST), round(connections(50)));
        List<Finding> told = ends.join(both(Cause.CONNECTION_POOL_PER_REQUEST), round(Map.of()));
        assertEquals(Role.HELD, told.getLast().role());
    }

    @Test
    void withoutAKnownCauseNobodyIsHeld() {
        List<Finding> told = ends.join(both(Cause.UNKNOWN), round(connections(50)));
        assertEquals(
                "HOLDER service", told.getFirst().role() + " " + told.getFirst().peerProcess());
        assertEquals(
                "HOLDER client", told.getLast().role() + " " + told.getLast().peerProcess());
    }

    @Test
    void aServerOfManyOtherClientsIsNotHeld() {
        Map<ProcessId, List<SocketDetail>> details = connections(50);
        List<SocketDetail> server = new ArrayList<>(details.getOrDefault(SERVER, List.of()));
        for (int i = 0; i < 50; i++) {
            server.add(socket(SERVICE, "10.0.0.7:" + (1000 + i), Direction.IN));
        }
        List<Finding> told = ends.join(
                both(Cause.CONNECTION_POOL_PER_REQUEST),
                round(Map.of(CLIENT, details.getOrDefault(CLIENT, List.of()), SERVER, server)));
        assertEquals("HOLDER ", told.getLast().role() + " " + told.getLast().peerProcess());
    }

    private static List<Finding> both(Cause clients) {
        return List.of(finding(CLIENT, "client", clients), finding(SERVER, "service", Cause.UNKNOWN));
    }

    private static Finding finding(ProcessId process, String target, Cause cause) {
        return new Finding(
                target,
                process,
                target,
                Resource.SOCKETS,
                LeakState.CONFIRMED,
                cause,
                Role.HOLDER,
                "",
                "",
                "",
                "",
                Rounds.START,
                null,
                null);
    }

    private static Map<ProcessId, List<SocketDetail>> connections(int count) {
        List<SocketDetail> client = new ArrayList<>();
        List<SocketDetail> server = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String port = "127.0.0.1:" + (40_000 + i);
            client.add(socket(port, SERVICE, Direction.OUT));
            server.add(socket(SERVICE, port, Direction.IN));
        }
        return Map.of(CLIENT, client, SERVER, server);
    }

    private static SocketDetail socket(String local, String peer, Direction direction) {
        return new SocketDetail(
                1,
                Protocol.TCP,
                TcpState.ESTABLISHED,
                local,
                peer,
                direction,
                Rounds.START,
                Rounds.START,
                null,
                "keepalive",
                0,
                0,
                null);
    }

    private static Snapshot round(Map<ProcessId, List<SocketDetail>> details) {
        return new Snapshot(Rounds.START, 0, Duration.ZERO, List.of(), List.of(), List.of(), Map.of(), 1, details);
    }
}
