package io.fdsentry.procfs;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.model.FdKind;
import org.jspecify.annotations.Nullable;

/// The files of `/proc/PID/fdinfo`, which tell sockets from the rest: all sockets of a machine are on one mount,
/// which a socket of our own knows.
final class FdInfos implements FdReader {
    private final ProcFs procfs;
    private final FdInfo info = new FdInfo();
    private @Nullable Long socketMount;

    FdInfos(ProcFs procfs) {
        this.procfs = procfs;
    }

    @Override
    public String directory() {
        return "/fdinfo";
    }

    @Override
    public boolean tellsKinds() {
        return false;
    }

    /// Whether this kernel tells inodes and mounts here, as it does from Linux 5.14 on.
    boolean available() {
        if (socketMount == null) {
            socketMount = socketMount();
        }
        return socketMount != null;
    }

    @Override
    public void read(int directory, NumberedEntries entries, FdListing into) throws ErrnoException {
        info.read(Libc.openat(directory, entries.names(), entries.name()));
        if (socketMount != null && socketMount == info.mount()) {
            into.add(entries.number(), FdKind.SOCKET, info.inode());
        } else {
            into.add(entries.number(), FdKind.OTHER, 0);
        }
    }

    private @Nullable Long socketMount() {
        try {
            int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
            try {
                return info.read(Libc.open(procfs.path("self/fdinfo/" + socket))) ? info.mount() : null;
            } finally {
                Libc.close(socket);
            }
        } catch (ErrnoException e) {
            return null;
        }
    }
}
