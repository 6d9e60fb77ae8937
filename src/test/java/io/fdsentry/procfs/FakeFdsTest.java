package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.TcpState;
import io.fdsentry.procfs.NetTables.Read;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Descriptors and socket tables of a copy of a procfs, where directories have sizes of their own and links lead
/// nowhere.
class FakeFdsTest {
    private static final int RULER = 1001;

    @TempDir
    Path directory;

    private ProcFs procfs;
    private FdDirectory fds;

    @BeforeEach
    void unpack() {
        procfs = new ProcFs(FakeProc.unpack(directory, "node").proc());
        fds = new FdDirectory(procfs);
    }

    @Test
    void countsEntriesRatherThanBytes() {
        assertEquals(14, Seen.of(fds.count(RULER)));
    }

    @Test
    void tellsTheKindsByTheTextAlone() {
        FdListing listing = Seen.of(fds.list(RULER, new FdListing()));
        assertEquals(14, listing.size());
        assertEquals(7, listing.count(FdKind.SOCKET));
        assertEquals(2, listing.count(FdKind.PIPE));
        assertEquals(1, listing.count(FdKind.DEVICE));
        assertEquals(1, listing.count(FdKind.EVENTFD));
        assertEquals(1, listing.count(FdKind.EVENTPOLL));
        assertEquals(2, listing.count(FdKind.REGULAR));
        assertEquals(1, listing.deleted());
        assertEquals(14, listing.kinds().kinds().total());
        assertTrue(listing.kindsKnown());
    }

    @Test
    void aProcessThatIsNotThereIsGone() {
        assertInstanceOf(Outcome.Gone.class, fds.count(77));
        assertInstanceOf(Outcome.Gone.class, fds.list(77, new FdListing()));
        assertInstanceOf(Outcome.Gone.class, new NetTables(procfs).read(NetTable.TCP, 77, _ -> {}));
    }

    @Test
    void readsTheTablesOfBothFamilies() {
        Map<Long, TcpState> states = new TreeMap<>();
        NetTables tables = new NetTables(procfs);
        assertEquals(
                new Read(6, 0),
                Seen.of(tables.read(NetTable.TCP, RULER, line -> states.put(line.inode(), line.state()))));
        assertEquals(
                Map.of(
                        0L, TcpState.TIME_WAIT,
                        50001L, TcpState.LISTEN,
                        50003L, TcpState.CLOSE_WAIT,
                        50004L, TcpState.CLOSE_WAIT,
                        50005L, TcpState.CLOSE_WAIT,
                        50006L, TcpState.ESTABLISHED),
                states);
        assertEquals(new Read(1, 0), Seen.of(tables.read(NetTable.UDP, RULER, _ -> {})));
    }

    @Test
    void aTableTheKernelDoesNotHaveIsEmpty() {
        assertEquals(new Read(0, 0), Seen.of(new NetTables(procfs).read(NetTable.PACKET, RULER, _ -> {})));
    }
}
