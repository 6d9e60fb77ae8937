package io.fdsentry.sample;

import io.fdsentry.model.Counts;
import io.fdsentry.model.NetnsSample;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.model.TcpState;
import io.fdsentry.netlink.NetnsId;
import io.fdsentry.netlink.SockDiag;
import java.util.Arrays;
import java.util.BitSet;

/// What is known of one network namespace as long as anything watched has to do with it.
final class Namespace {
    private static final int WAYS = 8;

    private final int number;
    private final int[] counts = new int[TcpState.values().length];
    private NetnsId id;
    private BitSet ports = new BitSet();
    private BitSet portsBefore = new BitSet();
    private long dumpedAt = Long.MIN_VALUE;
    private int dumpedRound;
    private int neededRound;
    private int keptRound;
    private Outcome<SockDiag> diag = Outcome.gone();
    private boolean hasMptcp = true;
    private Outcome<Boolean> table = Outcome.denied(Reason.BUDGET);
    private Outcome<Boolean> times = Outcome.denied(Reason.BUDGET);
    private int[] ways = new int[0];
    private long price;
    private boolean planned;

    /// @param number for [SocketMemory#namespace], above 0
    Namespace(int number, NetnsId id) {
        this.number = number;
        this.id = id;
    }

    int number() {
        return number;
    }

    NetnsId id() {
        return id;
    }

    /// Something in it is watched this round.
    ///
    /// @param through a process that lives in it
    /// @param seen its identity as that process shows it
    void need(int round, int through, NetnsId seen) {
        if (id.inode() == null) {
            id = seen;
        }
        if (neededRound != round) {
            neededRound = round;
            ways = new int[0];
        }
        reach(through);
    }

    /// It can be seen through a process, watched or not.
    void reach(int through) {
        if (ways.length < WAYS) {
            ways = Arrays.copyOf(ways, ways.length + 1);
            ways[ways.length - 1] = through;
        }
    }

    /// Something watched holds a socket of it, which is a reason to read its table next time too.
    void keep(int round) {
        keptRound = round;
    }

    /// Whether its table is wanted this round.
    boolean isWanted(int round) {
        return neededRound == round || keptRound == round - 1;
    }

    /// Whether anything had to do with it this round.
    boolean isNeeded(int round) {
        return neededRound == round || keptRound == round;
    }

    /// Processes that live in it, or did when it was last needed; a few of them.
    int[] ways() {
        return ways;
    }

    /// TCP ports listened on in this dump.
    BitSet ports() {
        return ports;
    }

    /// Whether a TCP port is listened on, by this dump or, as long as it is under way, the one before.
    boolean isListening(int port) {
        return ports.get(port) || portsBefore.get(port);
    }

    /// When the last dump that came to its end began, in milliseconds of the monotonic clock; before the first,
    /// ages ago.
    long dumpedAt() {
        return dumpedAt;
    }

    /// Whether its table was read this round.
    boolean isDumped(int round) {
        return dumpedRound == round;
    }

    /// Seen if its table was read, else why not.
    Outcome<Boolean> table() {
        return table;
    }

    /// Seen if it was read with byte times, else why not.
    Outcome<Boolean> times() {
        return times;
    }

    /// A socket that dumps it, or why there is none; Gone where none was opened.
    Outcome<SockDiag> diag() {
        return diag;
    }

    void diag(Outcome<SockDiag> opened) {
        diag = opened;
    }

    /// Whether the MPTCP table had sockets when last read, or was never read.
    boolean hasMptcp() {
        return hasMptcp;
    }

    void hasMptcp(boolean some) {
        hasMptcp = some;
    }

    /// A table begins, or begins anew.
    void begin() {
        Arrays.fill(counts, 0);
    }

    void count(TcpState state) {
        counts[state.ordinal()]++;
    }

    /// A round's dump begins.
    void open() {
        BitSet free = portsBefore;
        portsBefore = ports;
        ports = free;
        ports.clear();
    }

    /// A round's dump has ended.
    ///
    /// @param read Seen if every socket was read
    /// @param timed Seen if with byte times
    void close(Outcome<Boolean> read, Outcome<Boolean> timed, RoundTime time) {
        table = read;
        times = timed;
        if (read.isSeen()) {
            dumpedRound = time.number();
            dumpedAt = time.millis();
        } else {
            ports.or(portsBefore);
        }
    }

    /// Decides whether its table will be read this round.
    void plan(Budget budget, int round) {
        planned = isWanted(round) && budget.take(price);
        table = Outcome.denied(Reason.BUDGET);
        times = Outcome.denied(Reason.BUDGET);
    }

    boolean isPlanned() {
        return planned;
    }

    /// Processor time its last dump took, in nanoseconds.
    long price() {
        return price;
    }

    void price(long nanos) {
        price = nanos;
    }

    NetnsSample sample() {
        return new NetnsSample(id.label(), Counts.of(TcpState.class, counts));
    }

    /// Lets go of it: an open socket would keep it in the kernel.
    void release() {
        SockDiag open = diag.orNull();
        if (open != null) {
            open.close();
        }
        diag = Outcome.gone();
    }
}
