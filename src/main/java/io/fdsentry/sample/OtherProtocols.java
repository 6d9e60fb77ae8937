package io.fdsentry.sample;

import io.fdsentry.model.Protocol;
import io.fdsentry.procfs.NetTable;
import io.fdsentry.procfs.NetTables;
import io.fdsentry.procfs.ProcFs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What sockets are whose attribute may not be read, by the text tables of the namespace of whoever holds them.
/// Those that stand nowhere are [Protocol#OTHER].
final class OtherProtocols {
    private final NetTables tables;
    private final Map<Long, Protocol> byInode = new HashMap<>();
    private final Set<Integer> read = new HashSet<>();

    OtherProtocols(ProcFs procfs) {
        tables = new NetTables(procfs);
    }

    /// Forgets what was read in the last round.
    void clear() {
        byInode.clear();
        read.clear();
    }

    /// The protocol of a socket that a process holds and that no TCP table lists.
    Protocol of(int pid, long inode) {
        if (read.add(pid)) {
            for (NetTable table : NetTable.values()) {
                if (table != NetTable.TCP) {
                    tables.read(table, pid, line -> byInode.put(line.inode(), table.protocol()));
                }
            }
        }
        return byInode.getOrDefault(inode, Protocol.OTHER);
    }
}
