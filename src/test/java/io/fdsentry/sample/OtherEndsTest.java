package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fdsentry.model.Direction;
import io.fdsentry.model.IpAddress;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Python;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who has the other end of a connection, and in which state it is there.
class OtherEndsTest {
    private static final int HERE = 1;
    private static final int ELSEWHERE = 2;
    private static final long CLIENT = key(HERE, 0x0a000005, 40_000);
    private static final long SERVER = key(HERE, 0x0a000001, 8080);
    private static final long REDIRECTED = key(HERE, 0x0a000001, 80);
    private static final long HOST = key(HERE, 0x0a000005, 0);

    private final OtherEnds ends = new OtherEnds();

    @Test
    void theRowWithBothAddressesTheOtherWayRoundIsTheOtherEnd() {
        ends.add(7, TcpState.CLOSE_WAIT, SERVER, CLIENT);
        ends.add(0, TcpState.FIN_WAIT2, CLIENT, SERVER);
        ends.ask(7, Direction.IN, SERVER, CLIENT, HOST);
        assertEquals(new OtherEnds.Found(0, TcpState.FIN_WAIT2), ends.find().get(7L));
    }

    @Test
    void throughARedirectTheClientsAddressAndPortTell() {
        ends.add(7, TcpState.CLOSE_WAIT, SERVER, CLIENT);
        ends.add(8, TcpState.FIN_WAIT2, CLIENT, REDIRECTED);
        ends.ask(7, Direction.IN, SERVER, CLIENT, HOST);
        ends.ask(8, Direction.OUT, CLIENT, REDIRECTED, HOST);
        assertEquals(new OtherEnds.Found(8, TcpState.FIN_WAIT2), ends.find().get(7L));
        assertEquals(new OtherEnds.Found(7, TcpState.CLOSE_WAIT), ends.find().get(8L));
    }

    @Test
    void aClientsPortThatServesTwoConnectionsTellsOnlyTheOneThatMatchesWhole() {
        ends.add(8, TcpState.ESTABLISHED, CLIENT, REDIRECTED);
        ends.add(9, TcpState.ESTABLISHED, CLIENT, key(HERE, 0x0a000009, 443));
        ends.ask(7, Direction.IN, SERVER, CLIENT, HOST);
        assertNull(ends.find().get(7L), "either may be it");
        ends.add(10, TcpState.FIN_WAIT2, CLIENT, SERVER);
        assertEquals(10, Objects.requireNonNull(ends.find().get(7L)).inode());
    }

    @Test
    void aConnectionOfTheSamePortThatHasAnotherEndOfItsOwnIsNotTheOtherEnd() {
        long elsewhere = key(HERE, 0x0a000009, 443);
        ends.add(7, TcpState.CLOSE_WAIT, CLIENT, SERVER);
        ends.add(8, TcpState.ESTABLISHED, CLIENT, elsewhere);
        ends.add(9, TcpState.ESTABLISHED, elsewhere, CLIENT);
        ends.ask(7, Direction.OUT, CLIENT, SERVER, HOST);
        assertNull(ends.find().get(7L));
    }

    /// The client's port has been given to another process' connection, whose other end is no more either.
    @Test
    void whereOneConnectionIsDirectNoneGoesThroughARedirect() {
        long port = key(HERE, 0x0a000005, 40_001);
        ends.add(7, TcpState.CLOSE_WAIT, CLIENT, SERVER);
        ends.add(8, TcpState.CLOSE_WAIT, key(HERE, 0x0a000005, 9090), CLIENT);
        ends.ask(7, Direction.OUT, CLIENT, SERVER, HOST);
        assertEquals(8, Objects.requireNonNull(ends.find().get(7L)).inode(), "nothing else is known");
        ends.add(9, TcpState.ESTABLISHED, port, SERVER);
        ends.add(10, TcpState.ESTABLISHED, SERVER, port);
        ends.ask(9, Direction.OUT, port, SERVER, HOST);
        assertEquals(10, Objects.requireNonNull(ends.find().get(9L)).inode());
        assertNull(ends.find().get(7L));
    }

    @Test
    void aRowThatIsListedAgainIsOneCandidate() {
        ends.add(8, TcpState.ESTABLISHED, CLIENT, REDIRECTED);
        ends.add(8, TcpState.FIN_WAIT2, CLIENT, REDIRECTED);
        ends.ask(7, Direction.IN, SERVER, CLIENT, HOST);
        assertEquals(new OtherEnds.Found(8, TcpState.FIN_WAIT2), ends.find().get(7L));
    }

    @Test
    void aLoopbackAddressMeansSomethingElseInEachNamespace() {
        long here = key(HERE, 0x7f000001, 40_000);
        ends.add(8, TcpState.ESTABLISHED, key(ELSEWHERE, 0x7f000001, 40_000), key(ELSEWHERE, 0x7f000001, 80));
        ends.ask(7, Direction.IN, key(HERE, 0x7f000001, 80), here, HOST);
        assertNull(ends.find().get(7L));
        assertEquals(CLIENT, key(ELSEWHERE, 0x0a000005, 40_000));
    }

    @Test
    void ofRealConnectionsTheHolderIsTold() {
        try (Python server = Python.start();
                Python client = Python.start();
                Watching watching = Watching.pids(server.pid(), client.pid())) {
            server.run("s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()");
            client.run("c = socket.create_connection(('127.0.0.1', %d)); c.send(b'asked')"
                    .formatted(server.number("s.getsockname()[1]")));
            server.run("a = s.accept()[0]; a.recv(5)");
            ProcessId serving = Watching.of(watching.round(), server.pid()).id();
            ProcessId calling = Watching.of(watching.round(), client.pid()).id();
            assertEquals(
                    new OtherEnd(calling, TcpState.ESTABLISHED),
                    connection(watching, serving).otherEnd());
            assertEquals(
                    new OtherEnd(serving, TcpState.ESTABLISHED),
                    connection(watching, calling).otherEnd());
            client.run("c.shutdown(socket.SHUT_WR)");
            awaitOtherEnd(watching, serving, new OtherEnd(calling, TcpState.FIN_WAIT2));
            client.run("c.close()");
            SocketDetail stuck = awaitOtherEnd(watching, serving, new OtherEnd(null, TcpState.FIN_WAIT2));
            assertEquals(TcpState.CLOSE_WAIT, stuck.state());
            assertWithin(5, stuck.receivedBytes());
            assertWithin(0, stuck.sentBytes());
        }
    }

    /// The acknowledgement of a FIN may take its time.
    private static SocketDetail awaitOtherEnd(Watching watching, ProcessId process, OtherEnd end) {
        return Await.value(
                end.toString(), () -> connection(watching, process), socket -> end.equals(socket.otherEnd()));
    }

    private static SocketDetail connection(Watching watching, ProcessId process) {
        Snapshot round = watching.round(new Requests(Set.of(process)));
        List<SocketDetail> sockets = Objects.requireNonNull(round.details().get(process));
        return sockets.stream()
                .filter(socket -> socket.direction() != null)
                .findFirst()
                .orElseThrow();
    }

    /// SYN and FIN may be counted.
    private static void assertWithin(long bytes, @Nullable Long actual) {
        assertEquals(bytes, Objects.requireNonNull(actual), 2);
    }

    private static long key(int namespace, int address, int port) {
        return OtherEnds.key(namespace, 0, IpAddress.v4Low(address), port);
    }
}
