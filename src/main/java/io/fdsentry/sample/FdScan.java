package io.fdsentry.sample;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Reason;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.FdListing;

/// Brings the descriptors of a process up to date with as little work as is sound, before the tables are dumped.
///
/// - It did not run since the last scan ([CpuClocks]): all is as it was, but for the names of its files.
/// - It ran and has as many descriptors as before: each is looked at again but for settled sockets. When all
///   prove to be what they were, there is no room for one that was not known, so there is no need to list.
/// - It ran and their number changed: they are listed, and looked at likewise.
///
/// A settled socket needs no look: it was held by this one descriptor in the last two rounds, by no other that we
/// know, and a protocol table listed it at the last dump. If it is still there at this one, somebody holds it.
/// That this is the same descriptor is not proven where the socket was handed to a process that is not watched;
/// so every process that runs is read whole every [#BUSY_ROUNDS] rounds, and the others, in case another process
/// shares their table, every [#STILL_ROUNDS].
final class FdScan {
    private static final int BUSY_ROUNDS = 8;
    private static final int STILL_ROUNDS = 64;
    /// Files of processes that did not run, looked at for their names each round; more take their turns.
    private static final int FILES_A_ROUND = 250;

    private static final int FILES_ROUNDS = 8;
    private static final long LINK_NANOS = 4000;
    private static final long ENTRY_NANOS = 1000;

    private final FdDirectory directory;
    private final SocketMemory memory;
    private int round;
    private int filesLeft;

    /// How much there is to do.
    private enum Effort {
        NOTHING,
        /// Look at files only.
        FILES,
        /// Look at the known ones.
        KNOWN,
        /// List, and look at what is not settled.
        LIST,
        /// List, and look at everything.
        ALL
    }

    FdScan(FdDirectory directory, SocketMemory memory) {
        this.directory = directory;
        this.memory = memory;
    }

    void begin(RoundTime time) {
        round = time.number();
        filesLeft = FILES_A_ROUND;
    }

    /// Leaves in [Watched#listing] what came of it.
    void update(Watched process, Budget budget) {
        int count = process.count.orNull() instanceof Integer seen ? seen : 0;
        Effort effort = effort(process, count);
        if (!budget.take(price(process, count, effort))) {
            boolean sumsHold = process.scanned && process.fds.size() == count;
            process.listing = sumsHold ? Outcome.seen(process.fds) : Outcome.denied(Reason.BUDGET);
            return;
        }
        process.listing = look(process, effort);
        process.scanned = process.listing.isSeen();
        if (process.scanned) {
            process.scanRound = round;
        }
    }

    private Effort effort(Watched process, int count) {
        if (!process.scanned) {
            return Effort.ALL;
        }
        boolean same = process.fds.size() == count && !process.doubted;
        boolean still = same && CpuClocks.stoodStill(process.cpuAtScan, process.cpu);
        int due = process.allRound + (still ? STILL_ROUNDS : BUSY_ROUNDS) + process.number % (BUSY_ROUNDS / 2);
        if (round >= due) {
            return Effort.ALL;
        }
        if (!still) {
            return same ? Effort.KNOWN : Effort.LIST;
        }
        return wantsFiles(process) ? Effort.FILES : Effort.NOTHING;
    }

    private boolean wantsFiles(Watched process) {
        int files = process.fds.count(FdKind.REGULAR);
        if (files == 0 || files > filesLeft && round - process.filesRound < FILES_ROUNDS) {
            return false;
        }
        filesLeft -= files;
        return true;
    }

    private Outcome<FdListing> look(Watched process, Effort effort) {
        FdListing fds = process.fds;
        Outcome<FdListing> seen = switch (effort) {
            case NOTHING -> Outcome.seen(fds);
            case FILES -> directory.reread(process.pid(), fds, (kind, _) -> kind != FdKind.REGULAR);
            case KNOWN -> known(process);
            case LIST -> directory.relist(process.pid(), fds, this::isSettled);
            case ALL -> directory.list(process.pid(), fds);
        };
        if (seen.isSeen()) {
            note(process, effort);
        }
        return seen;
    }

    /// Where one was closed, there is one that is not known.
    private Outcome<FdListing> known(Watched process) {
        int before = process.fds.size();
        Outcome<FdListing> seen = directory.reread(process.pid(), process.fds, this::isSettled);
        return seen.isSeen() && process.fds.size() < before
                ? directory.relist(process.pid(), process.fds, this::isSettled)
                : seen;
    }

    private void note(Watched process, Effort effort) {
        if (effort != Effort.NOTHING) {
            process.filesRound = round;
        }
        if (effort == Effort.ALL) {
            process.allRound = round;
        }
        if (effort != Effort.NOTHING && effort != Effort.FILES) {
            process.cpuAtScan = process.cpu;
            process.doubted = false;
        }
    }

    private boolean isSettled(FdKind kind, long inode) {
        int slot = kind == FdKind.SOCKET ? memory.find(inode) : SocketMemory.ABSENT;
        return slot != SocketMemory.ABSENT
                && memory.protocol(slot) == Protocol.TCP
                && memory.is(slot, SocketMemory.WAS_LISTED | SocketMemory.SETTLED)
                && !memory.is(slot, SocketMemory.MISSED)
                && memory.holders(slot, round - 1) == 1;
    }

    private long price(Watched process, int count, Effort effort) {
        int others = process.fds.size() - process.fds.count(FdKind.SOCKET);
        return switch (effort) {
            case NOTHING -> 0;
            case FILES -> LINK_NANOS * process.fds.count(FdKind.REGULAR);
            case KNOWN -> LINK_NANOS * others;
            case LIST -> ENTRY_NANOS * count + LINK_NANOS * (others + Math.abs(count - process.fds.size()));
            case ALL -> (ENTRY_NANOS + LINK_NANOS) * count;
        };
    }
}
