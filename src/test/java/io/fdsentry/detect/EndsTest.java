package io.fdsentry.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Changed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client and a server of the same host, both suspected.
class EndsTest {
    private static final ProcessId CLIENT = new ProcessId(10, 1);
    private static final ProcessId SERVER = new ProcessId(20, 2);
    private static final String SERVICE = "127.0.0.1:8202";

    private final Ends ends = new Ends();
    private Set<ProcessId> held = Set.of();
    private @Nullable ProcessId proxy;

    @Test
    void theServerIsHeldByTheClientThatIsAtFault() {
        List<Finding> told = join(both(Cause.CONNECTION_POOL_PER_REQUEST), connections(TcpState.ESTABLISHED));
        assertEquals(1, told.size(), told::toString);
        assertEquals("HOLDER service", end(told.getFirst()));
        assertEquals(
                "It leaks. The other end, service, pid 20, has them too: ESTABLISHED there.",
                told.getFirst().sentence());
        assertEquals(Set.of(SERVER), held);
    }

    @Test
    void itStaysSoInRoundsThatListNothing() {
        join(both(Cause.CONNECTION_POOL_PER_REQUEST), connections(TcpState.ESTABLISHED));
        assertEquals(1, join(both(Cause.CONNECTION_POOL_PER_REQUEST), Map.of()).size());
    }

    @Test
    void oneThatRunsOutOfRoomFirstIsToldOfAsHeld() {
        List<Finding> both = List.of(
                finding(CLIENT, "client", Cause.CONNECTION_POOL_PER_REQUEST, Resource.SOCKETS, 9_000),
                finding(SERVER, "service", Cause.UNKNOWN, Resource.SOCKETS, 3_000));
        List<Finding> told = join(both, connections(TcpState.ESTABLISHED));
        assertEquals("HOLDER service", end(told.getFirst()));
        assertEquals("HELD client", end(told.getLast()));
    }

    @Test
    void withoutAKnownCauseNobodyIsHeld() {
        List<Finding> told = join(both(Cause.UNKNOWN), connections(TcpState.ESTABLISHED));
        assertEquals("HOLDER service", end(told.getFirst()));
        assertEquals("HOLDER client", end(told.getLast()));
    }

    @Test
    void aServerOfManyOtherClientsIsNotHeld() {
        Map<ProcessId, List<SocketDetail>> details = connections(TcpState.ESTABLISHED);
        List<SocketDetail> server = new ArrayList<>(details.getOrDefault(SERVER, List.of()));
        for (int i = 0; i < 50; i++) {
            server.add(socket(SERVICE, "10.0.0.7:" + (1000 + i), Direction.IN, TcpState.ESTABLISHED, null));
        }
        List<Finding> told = join(
                both(Cause.CONNECTION_POOL_PER_REQUEST),
                Map.of(CLIENT, details.getOrDefault(CLIENT, List.of()), SERVER, server));
        assertEquals("HOLDER ", end(told.getLast()));
    }

    @Test
    void theEndThatDoesNotCloseHoldsTheOneThatGaveUp() {
        List<Finding> both = List.of(
                finding(SERVER, "service", Cause.DEADLOCKED_HANDLERS, Resource.CLOSE_WAIT, 9_000),
                finding(CLIENT, "client", Cause.UNKNOWN, Resource.SOCKETS, 9_000));
        List<Finding> told = join(both, connections(TcpState.CLOSE_WAIT));
        assertEquals(1, told.size(), told::toString);
        assertEquals("HOLDER client", end(told.getFirst()));
        assertEquals(
                "It leaks. The other end, client, pid 10, gave up: FIN_WAIT2 there.",
                told.getFirst().sentence());
        assertEquals(Set.of(CLIENT), held);
    }

    @Test
    void theFilesOfTheOneThatGaveUpAreItsOwnLeak() {
        List<Finding> both = List.of(
                finding(SERVER, "service", Cause.RESPONSE_BODY_NOT_CLOSED, Resource.CLOSE_WAIT, 9_000),
                finding(CLIENT, "client", Cause.UNCLOSED_FILES, Resource.FDS, 9_000));
        List<Finding> told = join(both, connections(TcpState.CLOSE_WAIT));
        assertEquals(
                List.of(Cause.RESPONSE_BODY_NOT_CLOSED, Cause.UNCLOSED_FILES),
                told.stream().map(Finding::cause).toList());
        assertEquals("HOLDER ", end(told.getLast()));
        assertEquals(Set.of(), held);
    }

    @Test
    void whoGaveUpIsRememberedFromWhenItsEndWasStillOpen() {
        List<Finding> one = List.of(finding(SERVER, "service", Cause.DEADLOCKED_HANDLERS, Resource.CLOSE_WAIT, 9_000));
        List<SocketDetail> server = new ArrayList<>();
        OtherEnd open = new OtherEnd(CLIENT, TcpState.ESTABLISHED);
        OtherEnd orphan = new OtherEnd(null, TcpState.FIN_WAIT2);
        server.add(socket(SERVICE, "127.0.0.1:40000", Direction.IN, TcpState.ESTABLISHED, open));
        server.add(socket(SERVICE, "127.0.0.1:40001", Direction.IN, TcpState.CLOSE_WAIT, orphan));
        join(one, Map.of(SERVER, server));
        List<Finding> told = join(one, Map.of(SERVER, List.of(server.getLast())));
        assertEquals("HOLDER client", end(told.getFirst()));
        assertEquals(
                "It leaks. The other end, client, pid 10, gave up: FIN_WAIT2 there.",
                told.getFirst().sentence());
    }

    @Test
    void theAppBesideAMeshProxyHoldsItWhateverTheCause() {
        proxy = SERVER;
        List<Finding> told = join(both(Cause.UNKNOWN), connections(TcpState.ESTABLISHED));
        assertEquals(1, told.size(), told::toString);
        assertEquals("HOLDER mesh-proxy", end(told.getFirst()));
        assertEquals(Set.of(SERVER), held);
    }

    @Test
    void itDoesSoWhenMostOfWhatTheProxyKeepsLeadsElsewhere() {
        proxy = SERVER;
        Map<ProcessId, List<SocketDetail>> details = connections(TcpState.ESTABLISHED);
        List<SocketDetail> server = new ArrayList<>(details.getOrDefault(SERVER, List.of()));
        for (int i = 0; i < 60; i++) {
            server.add(socket("10.0.0.1:" + (1000 + i), "10.0.0.7:80", Direction.OUT, TcpState.ESTABLISHED, null));
        }
        List<Finding> findings = List.of(
                finding(SERVER, MeshProxies.TARGET, Cause.CONNECTION_POOL_PER_REQUEST, Resource.SOCKETS, 9_000),
                finding(CLIENT, "app", Cause.UNKNOWN, Resource.SOCKETS, 9_000));
        List<Finding> told = join(findings, Map.of(CLIENT, details.getOrDefault(CLIENT, List.of()), SERVER, server));
        assertEquals(List.of("app"), told.stream().map(Finding::target).toList());
        assertEquals(Set.of(SERVER), held);
    }

    @Test
    void aMeshProxyIsNotToBlameForTheConnectionsItOpensToTheAppForItsClients() {
        proxy = CLIENT;
        List<Finding> told = join(both(Cause.CONNECTION_POOL_PER_REQUEST), connections(TcpState.ESTABLISHED));
        assertEquals(Set.of(CLIENT), held);
        assertEquals("HOLDER mesh-proxy", end(told.getFirst()));
        List<Finding> alone = join(
                List.of(finding(CLIENT, MeshProxies.TARGET, Cause.CONNECTION_POOL_PER_REQUEST, Resource.SOCKETS, 9)),
                connections(TcpState.ESTABLISHED));
        assertEquals("HELD service", end(alone.getFirst()));
        assertEquals(LeakState.URGENT, alone.getFirst().state(), "by its own limit");
    }

    @Test
    void aMeshProxyDoesNotCloseItselfWhereNobodyBesideItKeepsAny() {
        proxy = SERVER;
        Finding its = finding(SERVER, MeshProxies.TARGET, Cause.RESPONSE_BODY_NOT_CLOSED, Resource.CLOSE_WAIT, 9_000);
        List<SocketDetail> stuck = List.of(
                socket("10.0.0.1:1000", "10.0.0.7:80", Direction.OUT, TcpState.CLOSE_WAIT, null),
                socket("10.0.0.1:1001", "10.0.0.7:80", Direction.OUT, TcpState.CLOSE_WAIT, null));
        Snapshot round = round(Map.of(SERVER, stuck), List.of(proxy(), Rounds.process(CLIENT, 0)));
        assertEquals("HOLDER ", end(ends.join(List.of(its), round).findings().getFirst()));
        Snapshot blind = round(Map.of(SERVER, stuck), List.of(proxy(), Rounds.named(CLIENT, "app")));
        assertEquals("HELD ", end(ends.join(List.of(its), blind).findings().getFirst()));
    }

    @Test
    void requestsThatHangInAMeshProxyHangInTheApp() {
        proxy = SERVER;
        List<Finding> both = List.of(
                finding(SERVER, MeshProxies.TARGET, Cause.DEADLOCKED_HANDLERS, Resource.CLOSE_WAIT, 9_000),
                finding(CLIENT, "client", Cause.UNKNOWN, Resource.FDS, 9_000));
        List<SocketDetail> stuck = List.of(
                socket(SERVICE, "10.0.0.9:1000", Direction.IN, TcpState.CLOSE_WAIT, null),
                socket(SERVICE, "10.0.0.9:1001", Direction.IN, TcpState.CLOSE_WAIT, null));
        Finding told = join(both, Map.of(SERVER, stuck)).getFirst();
        assertEquals("HELD ", end(told));
        assertEquals(LeakState.CONFIRMED, told.state());
    }

    @Test
    void aProxyIsAMeshsBesideAnotherContainerOfItsPodAndAGatewaysAlone() {
        ProcessSample envoy = Rounds.named(SERVER, "envoy");
        assertTrue(MeshProxies.among(List.of(in("a", envoy), in("b", Rounds.named(CLIENT, "app"))))
                .contains(SERVER));
        assertFalse(MeshProxies.among(List.of(in("a", envoy), in("a", Rounds.named(CLIENT, "pilot-agent"))))
                .contains(SERVER));
        assertFalse(
                MeshProxies.among(List.of(envoy, Rounds.named(CLIENT, "app"))).contains(SERVER));
    }

    private static ProcessSample in(String container, ProcessSample process) {
        return Changed.inside(process, new ContainerName("shop", "api-0", container, container));
    }

    private List<Finding> join(List<Finding> findings, Map<ProcessId, List<SocketDetail>> details) {
        Ends.Joined joined = ends.join(findings, round(details));
        held = joined.holderOf().keySet();
        return joined.findings();
    }

    private static String end(Finding finding) {
        return finding.role() + " " + finding.peerProcess();
    }

    private static List<Finding> both(Cause clients) {
        return List.of(
                finding(CLIENT, "client", clients, Resource.SOCKETS, 9_000),
                finding(SERVER, "service", Cause.UNKNOWN, Resource.SOCKETS, 9_000));
    }

    private static Finding finding(ProcessId process, String target, Cause cause, Resource resource, double left) {
        return new Finding(
                target,
                process,
                target,
                resource,
                LeakState.URGENT,
                cause,
                Role.HOLDER,
                "It leaks.",
                "",
                "",
                "",
                Rounds.START,
                null,
                left);
    }

    /// Fifty, of which the server has its end in a state; the client has either as well or has shut its side down.
    private static Map<ProcessId, List<SocketDetail>> connections(TcpState atServer) {
        TcpState atClient = atServer == TcpState.CLOSE_WAIT ? TcpState.FIN_WAIT2 : atServer;
        List<SocketDetail> client = new ArrayList<>();
        List<SocketDetail> server = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String port = "127.0.0.1:" + (40_000 + i);
            client.add(socket(port, SERVICE, Direction.OUT, atClient, new OtherEnd(SERVER, atServer)));
            server.add(socket(SERVICE, port, Direction.IN, atServer, new OtherEnd(CLIENT, atClient)));
        }
        return Map.of(CLIENT, client, SERVER, server);
    }

    private static SocketDetail socket(
            String local, String peer, Direction direction, TcpState state, @Nullable OtherEnd end) {
        return new SocketDetail(
                1,
                Protocol.TCP,
                state,
                local,
                peer,
                direction,
                Rounds.START,
                Rounds.START,
                null,
                "keepalive",
                0,
                0,
                null,
                null,
                null,
                end);
    }

    private static ProcessSample proxy() {
        return Rounds.named(SERVER, MeshProxies.TARGET);
    }

    private Snapshot round(Map<ProcessId, List<SocketDetail>> details) {
        return round(
                details,
                List.of(Rounds.named(CLIENT, name(CLIENT, "client")), Rounds.named(SERVER, name(SERVER, "service"))));
    }

    private static Snapshot round(Map<ProcessId, List<SocketDetail>> details, List<ProcessSample> processes) {
        return new Snapshot(Rounds.START, 0, Duration.ZERO, processes, List.of(), List.of(), Map.of(), 1, details);
    }

    private String name(ProcessId process, String otherwise) {
        return process.equals(proxy) ? MeshProxies.TARGET : otherwise;
    }
}
