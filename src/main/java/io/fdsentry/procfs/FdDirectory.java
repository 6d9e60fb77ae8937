package io.fdsentry.procfs;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.Statx;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;

/// `/proc/PID/fd` ([proc_pid_fd(5)](https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html)): how many
/// descriptors a process has, which anybody may ask from Linux 6.2 on, and what each refers to, which needs the
/// right to look into it.
///
/// Costs about 4 µs for a count; for a listing 0.8 µs a descriptor and 3 µs more for each link read. The kernel
/// gives no sign by which to tell that a number refers to another file than before, but a socket keeps its inode
/// for life: as long as the protocol tables list the inode that a number had, somebody holds that socket, and
/// unless it was handed to another process it is that number. [#relist] rests on this; [#list] does not, and
/// corrects it now and then.
///
/// Holds buffers: for one thread.
public final class FdDirectory {
    private static final FdListing NONE = new FdListing();

    private final ProcFs procfs;
    private final FdLinks links;
    private final FdInfos infos;
    private final NumberedEntries entries = new NumberedEntries();
    private final FdListing fresh = new FdListing();
    private final Statx statx = new Statx();
    private boolean sizeIsCount;

    public FdDirectory(ProcFs procfs) {
        this.procfs = procfs;
        links = new FdLinks(procfs);
        infos = new FdInfos(procfs);
    }

    /// How many descriptors a process has: the size of the directory. Older kernels say 0, as do a process
    /// without any and one that is ending: where no process had a size yet, and in a copy of a procfs, the
    /// entries are counted.
    public Outcome<Integer> count(int pid) {
        try {
            long size = procfs.isReal() ? sizeOf(pid) : 0;
            sizeIsCount |= size > 0;
            int count = size > 0 || sizeIsCount ? Math.toIntExact(size) : entriesOf(pid);
            return count == 0 && Ending.isUnderWay(procfs, pid) ? Outcome.gone() : Outcome.seen(count);
        } catch (ErrnoException e) {
            return outcome(pid, e);
        }
    }

    /// What every descriptor of a process refers to.
    ///
    /// @param into where it goes; unchanged if nothing was seen
    public Outcome<FdListing> list(int pid, FdListing into) {
        return fill(pid, reader -> scan(pid, reader, NONE, (_, _) -> false), into);
    }

    /// As [#list], without reading the links of those that need no look where the number is still in use.
    ///
    /// @param known what was last seen of the same process, and where the new listing goes
    /// @param trusted which need no look, such as sockets whose inodes the protocol tables of this round list
    public Outcome<FdListing> relist(int pid, FdListing known, FdPredicate trusted) {
        return fill(pid, reader -> scan(pid, reader, known, trusted), known);
    }

    /// Reads again what known descriptors refer to, those that were closed fall out. Finds no new ones, and costs
    /// nothing for those that need no look.
    ///
    /// @param known what was last seen of the same process, and where the new listing goes
    /// @param trusted which need no look
    public Outcome<FdListing> reread(int pid, FdListing known, FdPredicate trusted) {
        return fill(pid, reader -> rescan(pid, reader, known, trusted), known);
    }

    private Outcome<FdListing> fill(int pid, Scan scan, FdListing into) {
        boolean whole;
        try {
            whole = scan.with(links);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EACCES || !infos.available()) {
                return outcome(pid, e);
            }
            try {
                whole = scan.with(infos);
            } catch (ErrnoException again) {
                return outcome(pid, e);
            }
        }
        if (!whole && Ending.isUnderWay(procfs, pid)) {
            return Outcome.gone();
        }
        into.exchange(fresh);
        return Outcome.seen(into);
    }

    /// Fills [#fresh].
    private interface Scan {
        /// @return whether there were descriptors, and none of them was closed meanwhile
        boolean with(FdReader reader) throws ErrnoException;
    }

    private boolean scan(int pid, FdReader reader, FdListing known, FdPredicate trusted) throws ErrnoException {
        fresh.begin(reader.tellsKinds());
        boolean self = isSelf(pid);
        int directory = Libc.openDirectory(procfs.path(pid + reader.directory()));
        try {
            entries.begin(directory);
            boolean closed = false;
            int last = 0;
            while (entries.advance()) {
                int number = entries.number();
                last = known.indexFrom(last, number);
                if (known.has(last, number) && trusted.test(known.kind(last), known.inode(last))) {
                    fresh.addFrom(known, last);
                } else if (!self || number != directory) {
                    closed |= !read(reader, directory);
                }
            }
            return fresh.size() > 0 && !closed;
        } finally {
            Libc.close(directory);
        }
    }

    private boolean rescan(int pid, FdReader reader, FdListing known, FdPredicate trusted) throws ErrnoException {
        fresh.begin(reader.tellsKinds());
        int directory = Libc.openDirectory(procfs.path(pid + reader.directory()));
        try {
            boolean closed = false;
            for (int i = 0; i < known.size(); i++) {
                if (trusted.test(known.kind(i), known.inode(i))) {
                    fresh.addFrom(known, i);
                } else {
                    entries.point(known.fd(i));
                    closed |= !read(reader, directory);
                }
            }
            return fresh.size() > 0 && !closed;
        } finally {
            Libc.close(directory);
        }
    }

    /// @return false if the current entry was closed meanwhile
    private boolean read(FdReader reader, int directory) throws ErrnoException {
        try {
            reader.read(directory, entries, fresh);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return false;
        }
    }

    private long sizeOf(int pid) throws ErrnoException {
        Libc.statx(procfs.path(pid + "/fd"), Libc.AT_STATX_DONT_SYNC, Libc.STATX_SIZE, statx);
        return statx.size();
    }

    private int entriesOf(int pid) throws ErrnoException {
        try {
            return entriesOf(pid, links);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
            return entriesOf(pid, infos);
        }
    }

    private int entriesOf(int pid, FdReader reader) throws ErrnoException {
        int directory = Libc.openDirectory(procfs.path(pid + reader.directory()));
        try {
            entries.begin(directory);
            int count = isSelf(pid) && reader == links ? -1 : 0;
            while (entries.advance()) {
                count++;
            }
            return count;
        } finally {
            Libc.close(directory);
        }
    }

    /// Whether the directory that is being read is itself one of the descriptors in it.
    private boolean isSelf(int pid) {
        return Outcome.seen(pid).equals(procfs.self());
    }

    private <T> Outcome<T> outcome(int pid, ErrnoException e) {
        return e.errno() == Errno.EACCES && !isDumpable(pid) ? Outcome.denied(Reason.NOT_DUMPABLE) : procfs.outcome(e);
    }

    /// The files of a process that may not be dumped belong to root, whoever it is
    /// ([PR_SET_DUMPABLE(2const)](https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html)).
    private boolean isDumpable(int pid) {
        PidStatus status = PidStatus.read(procfs, pid).orNull();
        try {
            Libc.statx(procfs.path(pid + "/fd"), Libc.AT_STATX_DONT_SYNC, Libc.STATX_UID, statx);
        } catch (ErrnoException e) {
            return true;
        }
        return status == null || status.uid().effective() == statx.uid();
    }
}
