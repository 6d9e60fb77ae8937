package io.fdsentry.target;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Tier;
import io.fdsentry.procfs.PidStatus;
import org.jspecify.annotations.Nullable;

/// How much of a process may be seen, concluded from what could be read of it, not from what should be.
///
/// @param tier what it comes to
/// @param reason why it is not more; null where nothing is missing for this process
public record Access(Tier tier, @Nullable Reason reason) {
    /// Where a process' network namespace is, seen from fdsentry.
    public enum Netns {
        /// It is fdsentry's own.
        SAME,
        /// Another, which it entered.
        ENTERED,
        /// Another, which it may not enter, or which one cannot be told.
        CLOSED
    }

    /// What an attempt to read the descriptors says.
    ///
    /// @param own what fdsentry may do
    /// @param target ids and capabilities of the process; null where they could not be read
    /// @param descriptors what came of listing the descriptors: whether the kind of each is known
    /// @param netns where its network namespace is
    /// @return [Outcome.Gone] if the process is
    public static Outcome<Access> of(
            Powers own, @Nullable PidStatus target, Outcome<Boolean> descriptors, Netns netns) {
        return switch (descriptors) {
            case Outcome.Seen<Boolean>(Boolean kindsKnown) -> Outcome.seen(open(own, kindsKnown, netns));
            case Outcome.Gone<Boolean> _ -> Outcome.gone();
            case Outcome.Denied<Boolean>(Reason reason) -> shut(refined(reason, own, target));
            case Outcome.Unsupported<Boolean> _ -> shut(Reason.UNSUPPORTED);
            case Outcome.Failed<Boolean> _ -> shut(Reason.FAILED);
        };
    }

    /// With SYS_PTRACE alone sockets can be told and other kinds cannot: nearly everything, and permission for the
    /// rest is missing.
    private static Access open(Powers own, boolean kindsKnown, Netns netns) {
        Reason missing = netns == Netns.CLOSED ? Reason.OTHER_NETNS : null;
        if (!kindsKnown) {
            return new Access(Tier.ANY, Reason.PERMISSION);
        }
        if (!own.looksIntoAny()) {
            return new Access(Tier.OWN, missing);
        }
        boolean node = netns == Netns.ENTERED || netns == Netns.SAME && own.entersNamespaces();
        return new Access(node ? Tier.NODE : Tier.ANY, missing);
    }

    private static Outcome<Access> shut(Reason reason) {
        return Outcome.seen(new Access(Tier.COUNTS, reason));
    }

    /// The kernel says no with one word. Where ids and capabilities match, it can only be that the target may not
    /// be dumped.
    public static Reason refined(Reason reason, Powers own, @Nullable PidStatus target) {
        return reason == Reason.PERMISSION && target != null && own.matches(target) ? Reason.NOT_DUMPABLE : reason;
    }

    /// Why the memory of a process may not be read; null where it may. Asks for more than its descriptors do: Yama
    /// ([ptrace_scope](https://docs.kernel.org/admin-guide/LSM/Yama.html)) restricts this and not those.
    ///
    /// @param ptraceScope `kernel.yama.ptrace_scope`; null where the kernel has no Yama
    public @Nullable Reason memory(Powers own, @Nullable Long ptraceScope) {
        if (tier == Tier.COUNTS) {
            return reason;
        }
        long scope = ptraceScope == null ? 0 : ptraceScope;
        return scope >= 3 || scope >= 1 && !own.ptraces() ? Reason.YAMA : null;
    }
}
