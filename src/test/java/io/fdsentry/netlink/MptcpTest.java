package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.TcpState;
import io.fdsentry.netlink.Table.Row;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.NativeSocket;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How the tables show MPTCP sockets: what the documentation of this package says of them.
class MptcpTest {
    private SockDiag diag;
    private NativeSocket listener;

    @BeforeEach
    void open() {
        Needs.that(NativeSocket.hasMptcp(), "a kernel with MPTCP");
        diag = Seen.of(SockDiag.open());
        listener = NativeSocket.mptcp().listening();
    }

    @AfterEach
    void close() {
        listener.close();
        diag.close();
    }

    @Test
    void aConnectionIsOneSocketAndItsSubflowWithOneInode() {
        try (NativeSocket client = NativeSocket.mptcp().connect(listener.port());
                NativeSocket server = listener.accept()) {
            client.send("hello");
            assertEquals("hello", server.receive());
            for (NativeSocket end : List.of(client, server)) {
                Row whole = only(SocketTable.MPTCP, end);
                Row subflow = only(SocketTable.TCP, end);
                assertEquals(TcpState.ESTABLISHED, whole.state());
                assertFalse(whole.subflow());
                assertTrue(subflow.subflow());
                assertEquals(whole.local(), subflow.local());
                assertEquals(whole.peer(), subflow.peer());
                assertTrue(whole.bytes() >= 5, whole.toString());
            }
        }
    }

    @Test
    void whenThePeerHasClosedOnlyTheWholeTellsIt() {
        try (NativeSocket client = NativeSocket.mptcp().connect(listener.port());
                NativeSocket server = listener.accept()) {
            client.send("hello");
            assertEquals("hello", server.receive());
            client.shutdownOutput();
            Await.until("close_wait", () -> only(SocketTable.MPTCP, server).state() == TcpState.CLOSE_WAIT);
            Await.until("fin_wait2", () -> only(SocketTable.MPTCP, client).state() == TcpState.FIN_WAIT2);
            assertEquals(TcpState.ESTABLISHED, only(SocketTable.TCP, server).state());
            assertEquals(TcpState.ESTABLISHED, only(SocketTable.TCP, client).state());
        }
    }

    @Test
    void aClientWithoutMptcpIsPlainTcpToTheServer() {
        try (NativeSocket client = NativeSocket.tcp().connect(listener.port());
                NativeSocket server = listener.accept()) {
            client.send("hello");
            client.shutdownOutput();
            Row row = Await.value(
                    "close_wait", () -> only(SocketTable.TCP, server), r -> r.state() == TcpState.CLOSE_WAIT);
            assertFalse(row.subflow());
            assertEquals(List.of(), Table.dump(diag, SocketTable.MPTCP).of(server.inode()));
        }
    }

    @Test
    void aServerWithoutMptcpLeavesBothTablesOfOneMind() {
        try (NativeSocket plain = NativeSocket.tcp().listening();
                NativeSocket client = NativeSocket.mptcp().connect(plain.port());
                NativeSocket server = plain.accept()) {
            assertFalse(only(SocketTable.TCP, server).subflow());
            server.shutdownOutput();
            Row row = Await.value(
                    "close_wait", () -> only(SocketTable.TCP, client), r -> r.state() == TcpState.CLOSE_WAIT);
            assertTrue(row.subflow());
            Await.until("likewise", () -> only(SocketTable.MPTCP, client).state() == TcpState.CLOSE_WAIT);
        }
    }

    @Test
    void aListenerIsInBothTablesWithOneInode() {
        assertEquals(TcpState.LISTEN, only(SocketTable.TCP, listener).state());
        assertEquals(TcpState.LISTEN, only(SocketTable.MPTCP, listener).state());
    }

    private Row only(SocketTable table, NativeSocket socket) {
        List<Row> rows = Table.dump(diag, table).of(socket.inode());
        assertEquals(1, rows.size(), () -> table + ": " + rows);
        return rows.getFirst();
    }
}
