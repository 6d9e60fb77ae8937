package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;

/// Whether a process is on its way out. It gives up its descriptors and its network namespace before it is gone:
/// from then on empty directories and missing files say nothing.
final class Ending {
    private Ending() {}

    static boolean isUnderWay(ProcFs procfs, int pid) {
        return switch (PidStat.read(procfs, pid)) {
            case Outcome.Seen<PidStat>(PidStat stat) -> stat.isEnding();
            case Outcome.Gone<PidStat> _ -> true;
            case Outcome.Denied<PidStat> _, Outcome.Unsupported<PidStat> _, Outcome.Failed<PidStat> _ -> false;
        };
    }
}
