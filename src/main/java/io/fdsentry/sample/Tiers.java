package io.fdsentry.sample;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Tier;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.Access;
import io.fdsentry.target.Access.Netns;
import io.fdsentry.target.Powers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much may be seen of each process, by what was seen of it; a change is logged once.
final class Tiers {
    private static final Logger LOG = LoggerFactory.getLogger(Tiers.class);

    private final ProcFs procfs;
    private final Powers own;

    Tiers(ProcFs procfs) {
        this.procfs = procfs;
        Powers powers = Powers.read(procfs).orNull();
        own = powers == null ? new Powers(-1, -1, 0) : powers;
    }

    /// The tier of a process; what it was where the budget kept us from looking.
    Tier of(Watched process, Namespaces namespaces) {
        if (process.listing.reason() == Reason.BUDGET) {
            return process.tier == null ? Tier.COUNTS : process.tier;
        }
        PidStatus status = process.listing.reason() == Reason.PERMISSION
                ? PidStatus.read(procfs, process.pid()).orNull()
                : null;
        Outcome<Access> access =
                Access.of(own, status, process.listing.map(FdListing::kindsKnown), netns(process, namespaces));
        Tier tier = access.orNull() instanceof Access(Tier seen, var _) ? seen : Tier.COUNTS;
        if (process.tier != null && process.tier != tier) {
            LOG.atInfo()
                    .addKeyValue("pid", process.pid())
                    .addKeyValue("target", process.process.target().name())
                    .addKeyValue("tier", tier.name())
                    .addKeyValue("before", process.tier.name())
                    .log("what may be seen of a process changed");
        }
        process.tier = tier;
        return tier;
    }

    private static Netns netns(Watched process, Namespaces namespaces) {
        Namespace namespace = process.namespace.orNull();
        if (namespace == null) {
            return Netns.CLOSED;
        }
        if (namespaces.isOwn(namespace)) {
            return Netns.SAME;
        }
        return namespace.diag().isSeen() ? Netns.ENTERED : Netns.CLOSED;
    }
}
