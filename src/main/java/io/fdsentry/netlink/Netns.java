package io.fdsentry.netlink;

import io.fdsentry.libc.Errno;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.libc.Statx;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Network namespaces of processes: which one, and a [SockDiag] inside another one.
public final class Netns {
    private static final String OWN = "thread-self";

    private final String procfs;
    private final Statx statx = new Statx();

    /// @param procfs where procfs is mounted; for one thread at a time
    public Netns(Path procfs) {
        this.procfs = procfs.toString();
    }

    /// The namespace of a process: two statx(2), without listing or reading anything.
    ///
    /// @return Denied where procfs is mounted with hidepid
    public Outcome<NetnsId> of(int pid) {
        return identify(Integer.toString(pid));
    }

    /// The namespace of the calling thread.
    public Outcome<NetnsId> own() {
        return identify(OWN);
    }

    private Outcome<NetnsId> identify(String process) {
        String directory = procfs + '/' + process;
        try {
            long key = inode(directory + "/net/tcp");
            return Outcome.seen(new NetnsId(key, namespace(directory)));
        } catch (ErrnoException e) {
            return vanishedOr(e, Reason.HIDEPID);
        }
    }

    private @Nullable Long namespace(String directory) {
        try {
            return inode(directory + "/ns/net");
        } catch (ErrnoException _) {
            return null;
        }
    }

    private long inode(String path) throws ErrnoException {
        Libc.statx(path, Libc.AT_STATX_DONT_SYNC, Libc.STATX_INO, statx);
        return statx.inode();
    }

    /// Opens a sock_diag socket in the namespace of a process. A thread made for this enters it and ends; no
    /// other thread ever leaves the namespace it was born in.
    ///
    /// @param expected the namespace the caller means, in case the process has moved or its pid is another's by
    /// now
    /// @return Denied where this process may not enter it, Gone where the process went away or has moved
    public Outcome<SockDiag> open(int pid, NetnsId expected) {
        int fd;
        try {
            fd = Libc.open(procfs + '/' + pid + "/ns/net");
        } catch (ErrnoException e) {
            return vanishedOr(e, Reason.PERMISSION);
        }
        try {
            return onThreadInside(fd, expected);
        } finally {
            Libc.close(fd);
        }
    }

    private Outcome<SockDiag> onThreadInside(int fd, NetnsId expected) {
        Visit visit = new Visit(fd, expected);
        Thread thread = Thread.ofPlatform().daemon().name("netns").start(visit);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return visit.outcome;
    }

    private static <T> Outcome<T> vanishedOr(ErrnoException e, Reason denied) {
        return switch (e.errno()) {
            case Errno.ENOENT, Errno.ESRCH -> Outcome.gone();
            case Errno.EACCES, Errno.EPERM -> Outcome.denied(denied);
            default -> Outcome.failed(e.getMessage());
        };
    }

    /// Enters a namespace, checks that it is the right one, and opens the socket there.
    private final class Visit implements Runnable {
        private final int fd;
        private final NetnsId expected;
        private volatile Outcome<SockDiag> outcome = Outcome.failed("the thread that enters a namespace died");

        Visit(int fd, NetnsId expected) {
            this.fd = fd;
            this.expected = expected;
        }

        @Override
        public void run() {
            try {
                Libc.setns(fd, Libc.CLONE_NEWNET);
                outcome = own().flatMap(here -> here.key() == expected.key() ? SockDiag.open() : Outcome.gone());
            } catch (ErrnoException e) {
                outcome = vanishedOr(e, Reason.OTHER_NETNS);
            }
        }
    }
}
