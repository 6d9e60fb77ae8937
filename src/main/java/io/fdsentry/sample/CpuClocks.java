package io.fdsentry.sample;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.ProcFs;

/// How much processor time processes have used, to the nanosecond. Where that stands still, the process did not
/// run, and what does not run neither opens nor closes anything: nothing about its descriptors can have changed,
/// but that a file lost its name.
///
/// A clock is found by the number of a process in our PID namespace, so it may be asked only where that is the
/// number procfs shows.
final class CpuClocks {
    /// No clock.
    static final long UNKNOWN = -1;

    private final boolean ours;

    CpuClocks(ProcFs procfs) {
        ours = procfs.isReal() && isOurs(procfs);
    }

    /// Nanoseconds, or [#UNKNOWN].
    long read(int pid) {
        if (!ours) {
            return UNKNOWN;
        }
        try {
            return Libc.processCpuNanos(pid);
        } catch (ErrnoException e) {
            return UNKNOWN;
        }
    }

    /// Whether a process did not run between two readings.
    static boolean stoodStill(long before, long after) {
        return before != UNKNOWN && before == after;
    }

    /// A procfs of another PID namespace either does not know us, or by more than one number.
    private static boolean isOurs(ProcFs procfs) {
        int pid = Math.toIntExact(ProcessHandle.current().pid());
        return Outcome.seen(pid).equals(procfs.self())
                && PidStatus.read(procfs, pid) instanceof Outcome.Seen<PidStatus>(PidStatus status)
                && status.nsPids().size() == 1;
    }
}
