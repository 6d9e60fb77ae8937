package io.fdsentry.target;

import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.ProcFs;

/// What fdsentry itself may do; it cannot change while it runs.
///
/// @param uid its file system uid, which the kernel compares
/// @param gid likewise
/// @param effective capabilities, a bit for each
public record Powers(int uid, int gid, long effective) {
    /// Of this process, as a procfs shows it: ids are those of the reader's user namespace.
    public static Outcome<Powers> read(ProcFs procfs) {
        return procfs.self()
                .flatMap(self -> PidStatus.read(procfs, self))
                .map(status -> new Powers(status.uid().fs(), status.gid().fs(), status.effective()));
    }

    /// Whether it may look into every process: SYS_PTRACE for the links, and a way around the mode of `fd/`.
    boolean looksIntoAny() {
        return ptraces() && (has(PidStatus.CAP_DAC_READ_SEARCH) || has(PidStatus.CAP_DAC_OVERRIDE));
    }

    boolean ptraces() {
        return has(PidStatus.CAP_SYS_PTRACE);
    }

    /// Whether setns(2) would let it into another network namespace.
    boolean entersNamespaces() {
        return has(PidStatus.CAP_SYS_ADMIN);
    }

    /// Whether uids, gids and capabilities alone would let it look into a process.
    boolean matches(PidStatus target) {
        return target.uid().areAll(uid) && target.gid().areAll(gid) && (target.permitted() & ~effective) == 0;
    }

    private boolean has(int capability) {
        return (effective >>> capability & 1) != 0;
    }
}
