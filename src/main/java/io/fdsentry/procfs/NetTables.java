package io.fdsentry.procfs;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.model.Outcome;

/// Reads the tables of a network namespace through any process that lives in it: the way that needs no rights. The
/// kernel takes about 1.9 µs a TCP socket for it. Holds buffers: for one thread.
public final class NetTables {
    private static final int CHUNK = 16 * 1024;
    private static final int LONGEST_LINE = 4096;

    private final ProcFs procfs;
    private final NativeBuffer chunk = new NativeBuffer(CHUNK);
    private final byte[] text = new byte[LONGEST_LINE + CHUNK];
    private final NetLine line = new NetLine();

    public NetTables(ProcFs procfs) {
        this.procfs = procfs;
    }

    /// What a table came to.
    ///
    /// @param sockets lines understood
    /// @param odd lines that were no sockets; other than 0 where this kernel writes something we do not know
    public record Read(int sockets, int odd) {
        Read plus(Read other) {
            return new Read(sockets + other.sockets, odd + other.odd);
        }
    }

    /// Hands every socket of a table to a sink, which a failure in the middle leaves with a part of them. A kernel
    /// without the protocol, or without IPv6, has none of its sockets.
    public Outcome<Read> read(NetTable table, int pid, NetSink sink) {
        Read all = new Read(0, 0);
        for (String file : table.files()) {
            try {
                all = all.plus(read(table, pid + "/net/" + file, sink));
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT || Ending.isUnderWay(procfs, pid)) {
                    return procfs.outcome(e);
                }
            }
        }
        return Outcome.seen(all);
    }

    private Read read(NetTable table, String file, NetSink sink) throws ErrnoException {
        int fd = Libc.open(procfs.path(file));
        try {
            NetText lines = new NetText(table, line, sink);
            int kept = 0;
            for (int n = Libc.read(fd, chunk); n > 0; n = Libc.read(fd, chunk)) {
                chunk.bytes().get(0, text, kept, n);
                kept = lines.take(text, kept + n, LONGEST_LINE);
            }
            return lines.end(kept);
        } finally {
            Libc.close(fd);
        }
    }
}
