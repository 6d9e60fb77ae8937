package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.libc.FdZoo;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.IpAddress;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Seen;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables of the network namespace this test runs in.
class NetTablesTest {
    private static final ProcFs PROC = new ProcFs(Path.of("/proc"));
    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final NetTables tables = new NetTables(PROC);

    @Test
    void everyLineOfThisKernelIsUnderstood() {
        for (NetTable table : NetTable.values()) {
            assertEquals(0, Seen.of(tables.read(table, SELF, _ -> {})).odd(), table.name());
        }
    }

    @Test
    void bothEndsOfAConnectionAreThereAndWhatWasNotRead() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(new byte[7]);
            accepted.getInputStream().read();
            Set<String> seen = new HashSet<>();
            long[] unread = new long[1];
            Seen.of(tables.read(NetTable.TCP, SELF, line -> {
                seen.add(line.state() + " " + line.localPort());
                if (line.localPort() == server.getLocalPort() && line.peerPort() == client.getLocalPort()) {
                    unread[0] = line.receiveQueue();
                    assertEquals(IpAddress.v4Low(0x7F000001), line.peerLow());
                }
            }));
            assertTrue(seen.contains(TcpState.LISTEN + " " + server.getLocalPort()));
            assertTrue(seen.contains(TcpState.ESTABLISHED + " " + client.getLocalPort()));
            assertEquals(6, unread[0]);
        }
    }

    /// TCP, UDP and netlink sockets that are not bound are in no table.
    @Test
    void socketsAreFoundByTheInodesOfTheirDescriptors() throws Exception {
        try (FdZoo zoo = FdZoo.open(directory)) {
            Set<String> found = new HashSet<>();
            for (NetTable table : NetTable.values()) {
                Seen.of(tables.read(table, SELF, line -> found.add(table.protocol() + " " + line.inode())));
            }
            FdListing listing = Seen.of(new FdDirectory(PROC).list(SELF, new FdListing()));
            for (FdZoo.Animal animal : zoo.animals()) {
                Protocol protocol = protocol(animal);
                if (protocol != null) {
                    long inode = listing.inode(listing.indexFrom(0, animal.fd()));
                    assertTrue(found.contains(protocol + " " + inode), animal.what());
                }
            }
        }
    }

    @Test
    void aBoundNetlinkSocketIsInItsTable() throws Exception {
        NativeBuffer address = new NativeBuffer(12);
        address.bytes().putShort(0, (short) Libc.AF_NETLINK);
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0);
        try {
            Libc.bind(fd, address, 12);
            FdListing listing = Seen.of(new FdDirectory(PROC).list(SELF, new FdListing()));
            Set<Long> found = new HashSet<>();
            Seen.of(tables.read(NetTable.NETLINK, SELF, line -> found.add(line.inode())));
            assertTrue(found.contains(listing.inode(listing.indexFrom(0, fd))));
        } finally {
            Libc.close(fd);
        }
    }

    private static @Nullable Protocol protocol(FdZoo.Animal animal) {
        return switch (animal.what()) {
            case "unix socket" -> Protocol.UNIX;
            case "raw socket" -> Protocol.RAW;
            case "packet socket" -> Protocol.PACKET;
            default -> null;
        };
    }
}
