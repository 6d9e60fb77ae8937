package io.fdsentry.evidence;

import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.ProcessId;

/// What is looked at only when a record is made, on the thread that makes it: never while a round is taken. What
/// cannot be seen, or takes longer than a few seconds, is left out. An interrupt ends a look.
public interface DeepLook {
    /// Looks at nothing.
    DeepLook NONE = new DeepLook() {};

    /// Descriptors of a process.
    ///
    /// @param most how many are wanted at most
    default Sampled<FdDetail> fds(ProcessId process, int most) {
        return Sampled.none();
    }

    /// Stacks of all goroutines as text; empty where there are none to be had.
    default String goroutines(ProcessId process) {
        return "";
    }
}
