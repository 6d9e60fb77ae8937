package io.fdsentry.sample;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.TcpState;
import io.fdsentry.netlink.Detail;
import io.fdsentry.netlink.SockDiag;
import io.fdsentry.netlink.SocketRow;
import io.fdsentry.netlink.SocketSink;
import io.fdsentry.netlink.SocketTable;
import io.fdsentry.procfs.NetTable;
import io.fdsentry.procfs.NetTables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The TCP sockets of one network namespace that listen: their inodes by port.
final class ListenTable {
    /// Sockets of every state that may be read as text in about half a millisecond.
    private static final int FEW = 250;

    private final Map<Integer, Set<Long>> inodes = new HashMap<>();
    private Outcome<Boolean> read = Outcome.gone();
    private int readRound;
    private int askedRound;
    private int sockets;

    /// The inodes of the sockets that listen on a port, as last read; why they are not known otherwise.
    Outcome<Set<Long>> on(int port, int round) {
        askedRound = round;
        return read.map(_ -> inodes.getOrDefault(port, Set.of()));
    }

    /// Whether anything was read at all, in so many rounds.
    boolean isFresh(int round, int rounds) {
        return read.isSeen() && round - readRound < rounds;
    }

    /// Whether reading it again costs next to nothing.
    boolean isShort() {
        return sockets <= FEW;
    }

    boolean isAsked(int round) {
        return askedRound == round;
    }

    void read(SockDiag diag, int round) {
        readRound = round;
        read = diag.dump(SocketTable.LISTENERS, Detail.STATES, new SocketSink() {
                    @Override
                    public void begin() {
                        inodes.clear();
                    }

                    @Override
                    public void socket(SocketRow row) {
                        add(row.localPort(), row.inode());
                    }
                })
                .map(_ -> true);
    }

    /// Through a process of the namespace, as text.
    void read(NetTables tables, int pid, int round) {
        readRound = round;
        inodes.clear();
        read = tables.read(NetTable.TCP, pid, line -> {
                    if (line.state() == TcpState.LISTEN) {
                        add(line.localPort(), line.inode());
                    }
                })
                .map(all -> {
                    sockets = all.sockets();
                    return true;
                });
    }

    private void add(int port, long inode) {
        var _ = inodes.computeIfAbsent(port, _ -> new HashSet<>()).add(inode);
    }
}
