package io.fdsentry.sample;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.netlink.Netns;
import io.fdsentry.netlink.NetnsId;
import io.fdsentry.netlink.SockDiag;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.NetTables;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.Answer;
import io.fdsentry.target.ListenPorts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who listens on which TCP port, for the selector `listen_port`: a process does that holds a listening socket,
/// wherever it got it from.
///
/// Costs nothing as long as no target asks. Then a round takes one short dump of our own namespace; other
/// namespaces are read as text, every socket of them, and so only now and then where there are many. A process is
/// listed when a socket listens of which it is not known whether it holds it.
final class Listeners implements ListenPorts, AutoCloseable {
    /// Rounds until the table of another namespace is read again, and a process is looked at again that did not
    /// hold a listening socket: it may have been handed one.
    private static final int PATIENCE = 8;

    private final FdDirectory directory;
    private final Netns netns;
    private final Outcome<NetnsId> own;
    private final NetTables tables;
    private final FdListing listing = new FdListing();
    private final Map<Long, ListenTable> byNamespace = new HashMap<>();
    private final Map<ProcessId, Held> asked = new HashMap<>();
    private Outcome<SockDiag> diag = Outcome.gone();
    private int round;

    /// Which of the sockets it was asked about a process holds.
    private static final class Held {
        final Set<Long> held = new HashSet<>();
        final Set<Long> notHeld = new HashSet<>();
        int listedRound;
        int askedRound;
    }

    Listeners(ProcFs procfs, FdDirectory directory) {
        this.directory = directory;
        netns = new Netns(procfs.root());
        own = netns.own();
        tables = new NetTables(procfs);
    }

    /// Forgets what nobody asked for in the round before.
    void begin() {
        byNamespace.values().removeIf(table -> !table.isAsked(round));
        asked.values().removeIf(process -> process.askedRound != round);
        if (byNamespace.isEmpty()) {
            close();
        }
        round++;
    }

    @Override
    public Answer listens(ProcessId process, int port) {
        Outcome<Set<Long>> sockets =
                netns.of(process.pid()).flatMap(id -> table(id, process.pid()).on(port, round));
        return switch (sockets) {
            case Outcome.Seen<Set<Long>>(Set<Long> inodes) -> inodes.isEmpty() ? Answer.NO : holdsAny(process, inodes);
            case Outcome.Gone<Set<Long>> _ -> Answer.NO;
            case Outcome.Denied<Set<Long>> _, Outcome.Unsupported<Set<Long>> _, Outcome.Failed<Set<Long>> _ ->
                Answer.UNDECIDED;
        };
    }

    private ListenTable table(NetnsId id, int through) {
        ListenTable table = byNamespace.computeIfAbsent(id.key(), _ -> new ListenTable());
        boolean isOwn = own.orNull() instanceof NetnsId mine && mine.key() == id.key();
        if (!table.isFresh(round, isOwn || table.isShort() ? 1 : PATIENCE)) {
            SockDiag socket = isOwn ? opened().orNull() : null;
            if (socket != null) {
                table.read(socket, round);
            }
            if (!table.isFresh(round, 1)) {
                table.read(tables, through, round);
            }
        }
        return table;
    }

    private Outcome<SockDiag> opened() {
        if (diag instanceof Outcome.Gone) {
            diag = SockDiag.open();
        }
        return diag;
    }

    private Answer holdsAny(ProcessId process, Set<Long> inodes) {
        Held known = asked.computeIfAbsent(process, _ -> new Held());
        known.askedRound = round;
        if (round - known.listedRound >= PATIENCE) {
            known.notHeld.clear();
        }
        if (inodes.stream().anyMatch(known.held::contains)) {
            return Answer.YES;
        }
        return known.notHeld.containsAll(inodes) ? Answer.NO : look(process, inodes, known);
    }

    private Answer look(ProcessId process, Set<Long> inodes, Held known) {
        Outcome<FdListing> outcome = directory.list(process.pid(), listing);
        return switch (outcome) {
            case Outcome.Seen<FdListing>(FdListing seen) -> {
                known.listedRound = round;
                known.notHeld.addAll(inodes);
                for (int i = 0; i < seen.size(); i++) {
                    if (inodes.contains(seen.inode(i))) {
                        known.held.add(seen.inode(i));
                        known.notHeld.remove(seen.inode(i));
                    }
                }
                yield Answer.of(inodes.stream().anyMatch(known.held::contains));
            }
            case Outcome.Gone<FdListing> _ -> Answer.NO;
            case Outcome.Denied<FdListing> _, Outcome.Unsupported<FdListing> _, Outcome.Failed<FdListing> _ ->
                Answer.UNDECIDED;
        };
    }

    @Override
    public void close() {
        SockDiag open = diag.orNull();
        if (open != null) {
            open.close();
        }
        diag = Outcome.gone();
    }
}
