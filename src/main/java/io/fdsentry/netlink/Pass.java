package io.fdsentry.netlink;

import io.fdsentry.libc.Errno;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;

/// How one attempt at a dump ended.
sealed interface Pass {
    /// The kernel said so, and nothing changed under it.
    record Complete(int sockets) implements Pass {}

    /// To the end, but the table changed under it.
    record Interrupted(int sockets) implements Pass {}

    /// Something was lost that another attempt may bring.
    record Disturbed(String how) implements Pass {}

    record Refused(int errno) implements Pass {}

    record Defective(String what) implements Pass {}

    /// Whether a failed call or an error message is one that passes.
    static Pass refused(int errno) {
        return switch (errno) {
            case Errno.ENOBUFS, Errno.EBUSY -> new Disturbed(Errno.describe(errno));
            default -> new Refused(errno);
        };
    }

    /// Whether every socket was handed on, as far as the kernel could.
    default boolean reachedEnd() {
        return this instanceof Complete || this instanceof Interrupted;
    }

    /// Whether it is worth another attempt.
    default boolean isWorthAnother() {
        return this instanceof Disturbed || this instanceof Interrupted;
    }

    /// Whether this kernel does not have what was asked for.
    default boolean isUnsupported() {
        return this instanceof Refused(int errno) && isUnsupported(errno);
    }

    /// What a dump came to whose last attempt this was.
    default Outcome<Dump> outcome(SocketTable table) {
        return switch (this) {
            case Complete(int sockets) -> Outcome.seen(new Dump(sockets, false));
            case Interrupted(int sockets) -> Outcome.seen(new Dump(sockets, true));
            case Disturbed(String how) -> Outcome.failed("dump of " + table + ": " + how + ", at every attempt");
            case Refused(int errno) -> refusal("dump of " + table, errno);
            case Defective(String what) -> Outcome.failed("dump of " + table + ": the kernel sent " + what);
        };
    }

    /// The outcome of a call that failed.
    ///
    /// @param what was tried
    static <T> Outcome<T> refusal(String what, int errno) {
        if (errno == Errno.EPERM || errno == Errno.EACCES) {
            return Outcome.denied(Reason.PERMISSION);
        }
        String words = what + ": " + Errno.describe(errno);
        return isUnsupported(errno) ? Outcome.unsupported(words) : Outcome.failed(words);
    }

    private static boolean isUnsupported(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.EOPNOTSUPP, Errno.EPROTONOSUPPORT, Errno.EAFNOSUPPORT, Errno.ENOSYS -> true;
            default -> false;
        };
    }
}
