package io.fdsentry.sample;

import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Tier;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.target.TargetProcess;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is remembered of a watched process from round to round, and what this round found out.
final class Watched {
    /// Tells it from the others that hold sockets, in [SocketMemory].
    final int number;
    /// Which peers of it are shown by name.
    final PeerRanks ranks = new PeerRanks();
    /// Its descriptors, as of the last scan.
    final FdListing fds = new FdListing();
    /// The slots that the sockets of [#fds] last had.
    private int[] slots = new int[0];
    /// How it looks to the target room this round.
    TargetProcess process;

    /// Whether [#fds] was ever filled.
    boolean scanned;
    /// Its CPU clock just before the last scan.
    long cpuAtScan = CpuClocks.UNKNOWN;
    /// The round in which every link was read.
    int allRound;
    /// The round in which the names of its files were last read.
    int filesRound;
    /// The round in which its descriptors were last known to be as listed.
    int scanRound;
    /// A socket of it has got another holder: its number may be another's by now.
    boolean doubted;

    /// Its threads.
    final ThreadMemory threads = new ThreadMemory();
    /// How much may be seen of it; null before the first round's end.
    @Nullable
    Tier tier;
    /// What counts as old in its target.
    Thresholds thresholds;

    /// Its CPU clock when it was last asked for its namespace.
    long cpuAtNamespace = CpuClocks.UNKNOWN;

    /// This round: its CPU clock before anything was read.
    long cpu = CpuClocks.UNKNOWN;
    /// This round: how many descriptors it has.
    Outcome<Integer> count = Outcome.gone();
    /// This round: whether [#fds] holds, or why not.
    Outcome<FdListing> listing = Outcome.denied(Reason.BUDGET);
    /// This round: the number of the namespace it lives in, 0 where that is not known.
    int home;
    /// This round: the namespace it lives in.
    Outcome<Namespace> namespace = Outcome.gone();

    Watched(int number, TargetProcess process) {
        this.number = number;
        this.process = process;
        this.thresholds = Thresholds.of(process.target().detection());
    }

    /// How it looks this round.
    void follow(TargetProcess seen) {
        if (!seen.target().equals(process.target())) {
            thresholds = Thresholds.of(seen.target().detection());
        }
        process = seen;
    }

    ProcessId id() {
        return process.id();
    }

    int pid() {
        return process.id().pid();
    }

    /// The slot of the socket behind a descriptor: [SocketMemory#ABSENT] if it is none, or not remembered.
    int slot(SocketMemory memory, int index) {
        long inode = fds.inode(index);
        if (inode == 0) {
            return SocketMemory.ABSENT;
        }
        if (index >= slots.length) {
            slots = Arrays.copyOf(slots, Math.max(index + 1, fds.size()));
        }
        if (!memory.isSlotOf(slots[index], inode)) {
            slots[index] = memory.find(inode);
        }
        return slots[index];
    }

    /// Whether its descriptors and sockets are of a round, or cannot be seen at all.
    boolean isOf(int round) {
        boolean leftOut = listing.reason() == Reason.BUDGET
                || namespace.flatMap(Namespace::table).reason() == Reason.BUDGET;
        return !leftOut && (scanRound == round || !listing.isSeen());
    }

    /// Whether it was found to be gone this round.
    boolean isGone() {
        return count instanceof Outcome.Gone || listing instanceof Outcome.Gone || namespace instanceof Outcome.Gone;
    }
}
