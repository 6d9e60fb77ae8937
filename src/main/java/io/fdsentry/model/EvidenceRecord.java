package io.fdsentry.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is kept about a process that leaks, made to be read alone, after the process and its node are gone. It
/// never holds environment, arguments, payload or memory contents.
///
/// @param id `[a-z0-9-]+`: when, which target, which pid, why; later ones sort later
/// @param recordedAt when it was made
/// @param occasion why it was made
/// @param sampledAt the round the process was last seen in: before [#recordedAt] when the process had ended
/// @param process what that round saw of it
/// @param verdicts what was thought of its resources
/// @param findings the diagnoses that stood, worst first
/// @param history counts over time, oldest first, coarser the older they are
/// @param sockets its sockets as far as they were listed
/// @param fds its descriptors as far as they were listed
/// @param goroutineDump stacks of all its goroutines as text, cut at a bound that it then names; empty without a
/// source
public record EvidenceRecord(
        String id,
        Instant recordedAt,
        Occasion occasion,
        Instant sampledAt,
        ProcessSample process,
        List<Verdict> verdicts,
        List<Finding> findings,
        List<CountsAt> history,
        Sampled<SocketDetail> sockets,
        Sampled<FdDetail> fds,
        String goroutineDump) {
    public EvidenceRecord {
        verdicts = List.copyOf(verdicts);
        findings = List.copyOf(findings);
        history = List.copyOf(history);
    }

    /// A list that may have been too long to keep whole.
    ///
    /// @param of how many there were
    /// @param kept those that were kept
    public record Sampled<T>(int of, List<T> kept) {
        public Sampled {
            kept = List.copyOf(kept);
        }

        /// Nothing was listed.
        public static <T> Sampled<T> none() {
            return new Sampled<>(0, List.of());
        }

        /// Whether some were left out.
        public boolean isPart() {
            return kept.size() < of;
        }
    }

    /// The worst that was thought of any resource.
    public LeakState state() {
        return worst(verdicts, findings);
    }

    /// The worst of all.
    public static LeakState worst(List<Verdict> verdicts, List<Finding> findings) {
        return Stream.concat(
                        verdicts.stream().map(Verdict::state), findings.stream().map(Finding::state))
                .max(Comparator.naturalOrder())
                .orElse(LeakState.NONE);
    }

    /// The same, with what was looked at only for the record.
    public EvidenceRecord with(Sampled<FdDetail> otherFds, String otherDump) {
        return new EvidenceRecord(
                id,
                recordedAt,
                occasion,
                sampledAt,
                process,
                verdicts,
                findings,
                history,
                sockets,
                otherFds,
                otherDump);
    }
}
