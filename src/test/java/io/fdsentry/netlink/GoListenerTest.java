package io.fdsentry.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.TcpState;
import io.fdsentry.netlink.Table.Row;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.NativeSocket;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Go server as Go makes it by default.
@Tag("real")
class GoListenerTest {
    @Test
    void everySocketOfAGoServerIsFoundInItsTrueState(@TempDir Path directory) throws IOException {
        Needs.that(NativeSocket.hasMptcp(), "a kernel with MPTCP");
        Process server =
                new ProcessBuilder(GoProgram.build("listener", directory).toString()).start();
        try (SockDiag diag = Seen.of(SockDiag.open())) {
            int port = Integer.parseInt(server.inputReader().readLine());
            try (NativeSocket plain = NativeSocket.tcp().connect(port);
                    NativeSocket both = NativeSocket.mptcp().connect(port)) {
                Await.until("accepted", () -> sockets(server).size() == 3);
                plain.send("hello");
                both.send("hello");
                assertJoined(diag, server, port, TcpState.ESTABLISHED);
                plain.shutdownOutput();
                both.shutdownOutput();
                assertJoined(diag, server, port, TcpState.CLOSE_WAIT);
            }
        } finally {
            server.destroyForcibly();
        }
    }

    /// Each descriptor has one state, found by the rule of this package: that of the MPTCP row if there is one.
    private static void assertJoined(SockDiag diag, Process server, int port, TcpState expected) {
        Await.until("two in " + expected + " and a listener", () -> {
            Table mptcp = Table.dump(diag, SocketTable.MPTCP);
            Table tcp = Table.dump(diag, SocketTable.TCP);
            Set<Long> inodes = sockets(server);
            assertEquals(3, inodes.size());
            List<TcpState> states = inodes.stream()
                    .map(inode -> state(mptcp.of(inode), tcp.of(inode)))
                    .sorted()
                    .toList();
            assertTrue(tcp.rows.stream().anyMatch(row -> row.localPort() == port));
            return states.equals(
                    Stream.of(expected, expected, TcpState.LISTEN).sorted().toList());
        });
    }

    private static TcpState state(List<Row> mptcp, List<Row> tcp) {
        return mptcp.isEmpty() ? tcp.getFirst().state() : mptcp.getFirst().state();
    }

    private static Set<Long> sockets(Process server) throws IOException {
        Set<Long> inodes = new HashSet<>();
        try (Stream<Path> fds = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            for (Path fd : fds.toList()) {
                String link = Files.readSymbolicLink(fd).toString();
                if (link.startsWith("socket:[")) {
                    inodes.add(Long.valueOf(link.substring("socket:[".length(), link.length() - 1)));
                }
            }
        }
        return inodes;
    }
}
