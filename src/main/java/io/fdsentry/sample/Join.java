package io.fdsentry.sample;

import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.SocketProtocol;

/// Joins descriptors to sockets, after the tables were dumped: afterwards every socket descriptor of a process
/// has a place in the memory.
///
/// Descriptors were listed first. One whose socket no table lists is looked at again: it may have been closed
/// meanwhile. If it is still there, the socket was held all the time and yet in no table:
///
/// - Of a protocol without states: it is remembered, and never asked for again.
/// - TCP, and never in a table: created or bound only, which is `closed`.
/// - TCP, and in a table before: a dump may miss one while the table changes under it, so it keeps the state it
///   had; if the next dump does not have it either, it is dead, which is `closed` too.
///
/// A TCP socket that is first met here, after the dump, and that no table lists, was opened too late for this
/// round and is left out of it.
final class Join {
    private final FdDirectory directory;
    private final SocketProtocol protocols;
    private final SocketMemory memory;
    private final Namespaces namespaces;
    private final Roster roster;
    private final OtherProtocols others;
    private int round;
    private long now;
    private long before;
    private boolean unlisted;

    Join(ProcFs procfs, FdDirectory directory, SocketMemory memory, Namespaces namespaces, Roster roster) {
        this.directory = directory;
        this.memory = memory;
        this.namespaces = namespaces;
        this.roster = roster;
        protocols = new SocketProtocol(procfs);
        others = new OtherProtocols(procfs);
    }

    void begin(RoundTime time) {
        before = now;
        now = time.millis();
        round = time.number();
        others.clear();
    }

    /// Notes before the dump which sockets a process holds.
    void expect(Watched process) {
        FdListing fds = process.fds;
        for (int i = 0; i < fds.size(); i++) {
            if (process.slot(memory, i) == SocketMemory.ABSENT && fds.inode(i) != 0) {
                var _ = memory.add(fds.inode(i));
            }
        }
    }

    /// Leaves in [Watched#listing] what holds after the dump. To be called where the table of the process' own
    /// namespace was read.
    void settle(Watched process) {
        if (isAnyDoubtful(process)) {
            lookAgain(process);
            if (process.listing.isSeen()) {
                meetNew(process);
            }
        }
    }

    private void lookAgain(Watched process) {
        FdListing fds = process.fds;
        int size = fds.size();
        process.listing = directory.reread(process.pid(), fds, this::isBeyondDoubt);
        boolean othersOpened = process.count.orNull() instanceof Integer count && fds.size() < Math.min(size, count);
        if (process.listing.isSeen() && othersOpened) {
            process.listing = directory.relist(process.pid(), fds, this::isBeyondDoubt);
        }
    }

    private boolean isAnyDoubtful(Watched process) {
        FdListing fds = process.fds;
        for (int i = 0; i < fds.size(); i++) {
            if (fds.inode(i) != 0 && !isBeyondDoubt(process.slot(memory, i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isBeyondDoubt(FdKind kind, long inode) {
        return kind != FdKind.SOCKET || isBeyondDoubt(memory.find(inode));
    }

    private boolean isBeyondDoubt(int slot) {
        return isMet(slot) && (!isMissing(slot) || memory.state(slot) == TcpState.CLOSED);
    }

    /// Whether a table should list it and none does.
    private boolean isMissing(int slot) {
        return memory.listedRound(slot) != round
                && memory.protocol(slot) == Protocol.TCP
                && namespaces.isReadOrNone(memory.namespace(slot), round);
    }

    private boolean isMet(int slot) {
        return slot != SocketMemory.ABSENT && memory.is(slot, SocketMemory.MET);
    }

    private void meetNew(Watched process) {
        FdListing fds = process.fds;
        fds.retain(i -> {
            long inode = fds.inode(i);
            return inode == 0 || isMet(memory.find(inode)) || meet(process, fds.fd(i), inode);
        });
    }

    /// @return whether it belongs to this round
    private boolean meet(Watched process, int fd, long inode) {
        int expected = memory.find(inode);
        Outcome<Protocol> named = protocols.read(process.pid(), fd);
        Protocol protocol = named.orNull();
        if (named instanceof Outcome.Gone || protocol == Protocol.TCP && expected == SocketMemory.ABSENT) {
            return false;
        }
        int slot = expected == SocketMemory.ABSENT ? memory.add(inode) : expected;
        memory.protocol(slot, protocol == null ? others.of(process.pid(), inode) : protocol);
        memory.firstSeen(slot, now);
        memory.state(slot, TcpState.CLOSED, now);
        unlisted |= protocol == Protocol.TCP;
        return true;
    }

    /// Whether a TCP socket was met, since this was last asked, that no table lists.
    boolean hasMetUnlisted() {
        boolean met = unlisted;
        unlisted = false;
        return met;
    }

    /// Keeps what is remembered of the sockets of a process that was not looked at this round.
    void keep(Watched process) {
        for (int i = 0; i < process.fds.size(); i++) {
            int slot = process.slot(memory, i);
            if (slot != SocketMemory.ABSENT) {
                memory.hold(slot, process.number, round);
            }
        }
    }

    /// Notes that a descriptor holds a socket; once for each descriptor and round, after [#settle].
    void hold(int slot, Watched process) {
        int holders = memory.holders(slot, round);
        if (holders == 0) {
            beginRound(slot, process);
        }
        memory.hold(slot, process.number, round);
        if (holders > 0 && !memory.is(slot, SocketMemory.SHARED)) {
            doubt(slot, process);
        }
    }

    private void beginRound(int slot, Watched process) {
        int number = memory.namespace(slot);
        if (number != process.home && number != 0) {
            namespaces.keep(number, round);
        }
        if (isMissing(slot)) {
            miss(slot);
        }
    }

    private void miss(int slot) {
        boolean again = memory.is(slot, SocketMemory.WAS_LISTED | SocketMemory.MISSED);
        if (again && !memory.is(slot, SocketMemory.DEAD)) {
            memory.state(slot, TcpState.CLOSED, before);
            memory.queues(slot, 0, 0);
            memory.set(slot, SocketMemory.DEAD);
        }
        memory.set(slot, SocketMemory.MISSED);
        memory.clear(slot, SocketMemory.BYTE_TIMES | SocketMemory.TIMER_OFF);
    }

    /// A socket was handed on: the number it had may be another's by now, at either holder.
    private void doubt(int slot, Watched process) {
        memory.set(slot, SocketMemory.SHARED);
        process.doubted = true;
        Watched first = roster.numbered(memory.firstHolder(slot));
        if (first != null) {
            first.doubted = true;
        }
    }
}
