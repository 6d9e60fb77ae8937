package io.fdsentry.sample;

import io.fdsentry.model.FdLimits;
import io.fdsentry.procfs.FileNr;
import io.fdsentry.procfs.PidLimits;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.Sysctl;
import org.jspecify.annotations.Nullable;

/// What the machine allows besides the limits of a process; null where it may not be read.
///
/// @param nrOpen the most any process may have
/// @param headroom how many more files can be opened on the whole machine
record HostLimits(@Nullable Long nrOpen, @Nullable Long headroom) {
    static final HostLimits UNKNOWN = new HostLimits(null, null);

    static HostLimits read(ProcFs procfs) {
        return new HostLimits(
                Sysctl.NR_OPEN.read(procfs).orNull(),
                FileNr.read(procfs).map(FileNr::headroom).orNull());
    }

    /// The limits of a process, with the nearest of all.
    ///
    /// @param own what it was given itself
    /// @param open how many descriptors it has, null where unknown
    FdLimits limits(PidLimits.Limit own, @Nullable Integer open) {
        Long machine = headroom == null || open == null || headroom > Long.MAX_VALUE - open ? null : headroom + open;
        return new FdLimits(own.soft(), own.hard(), least(least(own.soft(), nrOpen), machine));
    }

    private static @Nullable Long least(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }
}
