package io.fdsentry.procfs;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.NativeBuffer;
import io.fdsentry.libc.Statx;
import io.fdsentry.libc.Statx.FileType;
import io.fdsentry.model.FdKind;

/// The links of `/proc/PID/fd`, and what lies behind those that are paths. The file behind is asked without
/// asking its server, so that a dead one (NFS) holds nobody up.
final class FdLinks implements FdReader {
    private static final int PATH_MAX = 4096;
    private static final int FLAGS = Libc.AT_STATX_DONT_SYNC | Libc.AT_NO_AUTOMOUNT;
    private static final int WANTED = Libc.STATX_TYPE | Libc.STATX_NLINK;

    private final ProcFs procfs;
    private final NativeBuffer link = new NativeBuffer(PATH_MAX);
    private final byte[] text = new byte[PATH_MAX];
    private final Statx statx = new Statx();

    FdLinks(ProcFs procfs) {
        this.procfs = procfs;
    }

    @Override
    public String directory() {
        return "/fd";
    }

    @Override
    public boolean tellsKinds() {
        return true;
    }

    @Override
    public void read(int directory, NumberedEntries entries, FdListing into) throws ErrnoException {
        int length = text(directory, entries);
        FdKind kind = FdLink.kind(text, length);
        if (kind == null) {
            addFile(directory, entries, FdLink.isDeleted(text, length), into);
        } else {
            into.add(entries.number(), kind, kind == FdKind.SOCKET ? FdLink.inode(text, length) : 0);
        }
    }

    /// Reads the link; of a path that is longer than the kernel tells, the first slash.
    ///
    /// @return its length
    private int text(int directory, NumberedEntries entries) throws ErrnoException {
        try {
            int length = Libc.readlinkat(directory, entries.names(), entries.name(), link);
            link.bytes().get(0, text, 0, length);
            return length;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENAMETOOLONG) {
                throw e;
            }
            text[0] = '/';
            return 1;
        }
    }

    private void addFile(int directory, NumberedEntries entries, boolean namedDeleted, FdListing into)
            throws ErrnoException {
        FdKind kind;
        boolean nameless;
        try {
            Libc.statx(directory, entries.names(), entries.name(), FLAGS, WANTED, statx);
            kind = kind(statx.type());
            nameless = statx.links() == 0;
        } catch (ErrnoException e) {
            kind = unasked(e);
            nameless = true;
        }
        if (kind == FdKind.REGULAR && namedDeleted && nameless) {
            into.addDeletedFile(entries.number());
        } else {
            into.add(entries.number(), kind, 0);
        }
    }

    private static FdKind kind(FileType type) {
        return switch (type) {
            case REGULAR -> FdKind.REGULAR;
            case DIRECTORY -> FdKind.DIRECTORY;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> FdKind.DEVICE;
            case FIFO -> FdKind.PIPE;
            case SYMBOLIC_LINK, SOCKET, NONE -> FdKind.OTHER;
        };
    }

    /// What stands for a file that could not be asked. In procfs a link that leads nowhere was closed; in a copy
    /// of one links lead anywhere. A file system may refuse to tell (ESTALE, EIO): the descriptor is there all
    /// the same.
    private FdKind unasked(ErrnoException e) throws ErrnoException {
        if (e.errno() != Errno.ENOENT) {
            return FdKind.OTHER;
        }
        if (procfs.isReal()) {
            throw e;
        }
        return FdKind.REGULAR;
    }
}
