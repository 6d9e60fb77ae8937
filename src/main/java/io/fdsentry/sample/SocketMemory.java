package io.fdsentry.sample;

import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/// What is remembered of every socket, by inode, for as long as it lives: about 80 bytes each, and no object.
///
/// The inode alone is the key, whatever the network namespace: all sockets of a machine are inodes of one file
/// system (`sockfs`), which numbers them with one counter of 32 bits. So a socket is found in whichever
/// namespace's table it stands. Times are milliseconds of the monotonic clock, which stands still while the
/// machine is suspended, as the kernel's own byte times do.
///
/// A socket has a slot, good until the next [#sweep]. Slots are given out one after the other, so that the
/// sockets of a process, which are met together, lie together: most of the time goes into waiting for memory. Of
/// each there are seven longs:
///
///     0  first seen
///     1  in its state since
///     2  last byte moved
///     3  facts, the bits below            low bits of the count of bytes << 24, network namespace << 48
///     4  receive queue                    send queue << 32
///     5  peer                             the first that held it this round << 32
///     6  descriptors that hold it: 8 bits, the round of that count << 8, the round a table last listed it << 36
final class SocketMemory {
    /// No slot.
    static final int ABSENT = -1;
    /// No peer.
    static final int NO_PEER = 0;

    /// It is known what it is: a table listed it, or its descriptor told. Without, all is known that a descriptor
    /// holds it.
    static final long MET = 1L << 7;
    /// A protocol table listed it at least once.
    static final long WAS_LISTED = 1L << 8;
    /// It was seen established (or later) without any timer.
    static final long TIMER_OFF_SEEN = 1L << 9;
    /// It was seen with a keepalive timer.
    static final long KEEPALIVE_SEEN = 1L << 10;
    /// No timer runs on it now.
    static final long TIMER_OFF = 1L << 11;
    /// [#byteMoved] is of the last listing.
    static final long BYTE_TIMES = 1L << 12;
    /// The local port was listened on when its peer was learnt.
    static final long INBOUND = 1L << 13;
    /// It stands in the MPTCP table, which tells its state; rows of the TCP table are its subflows.
    static final long MPTCP = 1L << 14;
    /// It is held and no table listed it the last time one was read.
    static final long MISSED = 1L << 15;
    /// As [#MISSED], at least twice in a row.
    static final long DEAD = 1L << 16;

    /// A descriptor held it in the round before its last one too.
    static final long SETTLED = 1L << 17;
    /// More than one descriptor held it when last counted.
    static final long SHARED = 1L << 18;

    private static final int WORDS = 7;
    private static final int STATE_BITS = 4;
    private static final long STATE_MASK = 0xf;
    private static final long PROTOCOL_MASK = 0x70;
    private static final int BYTES_SHIFT = 24;
    private static final long BYTES_MASK = 0xff_ffffL << BYTES_SHIFT;
    private static final int NAMESPACE_SHIFT = 48;
    private static final long NAMESPACE_MASK = 0xffffL << NAMESPACE_SHIFT;
    private static final long TCP = (long) Protocol.TCP.ordinal() << STATE_BITS;
    private static final long LOW = 0xffff_ffffL;
    private static final long HOLDERS_MASK = 0xff;
    private static final int HELD_SHIFT = 8;
    private static final int LISTED_SHIFT = 36;
    private static final long HELD_MASK = (1L << LISTED_SHIFT) - 1;
    private static final int SMALLEST = 256;
    private static final TcpState[] STATES = TcpState.values();
    private static final Protocol[] PROTOCOLS = Protocol.values();

    private final InodeIndex index = new InodeIndex();
    /// Inodes by slot, 0 where it is free.
    private int[] inodes = new int[SMALLEST];
    private long[] cells = new long[SMALLEST * WORDS];
    /// Free slots below [#end].
    private final BitSet free = new BitSet();
    private int end;
    private int[] slots = new int[0];
    /// Has no meaning: what is written must have been read.
    private long fetched;

    /// The slot of an inode, or [#ABSENT].
    int find(long inode) {
        return index.find((int) inode);
    }

    /// Whether this is the slot of an inode.
    boolean isSlotOf(int slot, long inode) {
        return slot >= 0 && slot < end && inodes[slot] == (int) inode;
    }

    /// Fetches what is known of sockets that are asked for next. Looked up one after the other, each would be
    /// waited for; looked up in a row, the processor waits for many at once.
    ///
    /// @param wanted inodes, the first `count` of them; 0 is passed over
    void fetch(int[] wanted, int count) {
        if (slots.length < count) {
            slots = new int[count];
        }
        for (int i = 0; i < count; i++) {
            slots[i] = index.find(wanted[i]);
        }
        long touched = 0;
        for (int i = 0; i < count; i++) {
            int cell = Math.max(0, slots[i]) * WORDS;
            touched += cells[cell] + cells[cell + WORDS - 1];
        }
        fetched = touched;
    }

    /// Makes room for an inode that is not there and not 0. Everything about it is zero.
    int add(long inode) {
        int slot = free.nextSetBit(0);
        if (slot < 0) {
            slot = end++;
        } else {
            free.clear(slot);
        }
        if (slot == inodes.length) {
            inodes = Arrays.copyOf(inodes, slot * 2);
            cells = Arrays.copyOf(cells, slot * 2 * WORDS);
        }
        inodes[slot] = (int) inode;
        Arrays.fill(cells, slot * WORDS, slot * WORDS + WORDS, 0);
        index.put((int) inode, slot);
        return slot;
    }

    /// Forgets all sockets but those to keep, and gives memory back when there are few.
    void sweep(IntPredicate keep) {
        for (int slot = 0; slot < end; slot++) {
            if (inodes[slot] != 0 && !keep.test(slot)) {
                index.remove(inodes[slot]);
                inodes[slot] = 0;
                free.set(slot);
            }
        }
        if (inodes.length > SMALLEST && size() < inodes.length / 4) {
            close();
        }
    }

    /// Moves all to the front.
    private void close() {
        int size = size();
        int capacity = Math.max(SMALLEST, size * 2);
        int[] oldInodes = inodes;
        long[] oldCells = cells;
        inodes = new int[capacity];
        cells = new long[capacity * WORDS];
        index.clear(size);
        int slot = 0;
        for (int old = 0; old < end; old++) {
            if (oldInodes[old] != 0) {
                inodes[slot] = oldInodes[old];
                System.arraycopy(oldCells, old * WORDS, cells, slot * WORDS, WORDS);
                index.put(oldInodes[old], slot++);
            }
        }
        end = size;
        free.clear();
    }

    /// Sockets remembered.
    int size() {
        return index.size();
    }

    /// Every slot in use is below this.
    int end() {
        return end;
    }

    /// Whether a slot is in use.
    boolean isUsed(int slot) {
        return inodes[slot] != 0;
    }

    long inode(int slot) {
        return inodes[slot] & LOW;
    }

    int listedRound(int slot) {
        return (int) (cells[slot * WORDS + 6] >>> LISTED_SHIFT);
    }

    /// Notes that a TCP table lists it.
    ///
    /// @param namespace number of the network namespace
    /// @param clear facts that hold no longer
    /// @param set facts that hold
    void list(int slot, int round, int namespace, long clear, long set) {
        int at = slot * WORDS;
        long kept = cells[at + 3] & ~(clear | PROTOCOL_MASK | NAMESPACE_MASK);
        cells[at + 3] = kept | set | MET | TCP | (long) namespace << NAMESPACE_SHIFT;
        cells[at + 6] = cells[at + 6] & HELD_MASK | (long) round << LISTED_SHIFT;
    }

    long firstSeen(int slot) {
        return cells[slot * WORDS];
    }

    void firstSeen(int slot, long millis) {
        cells[slot * WORDS] = millis;
    }

    long stateSince(int slot) {
        return cells[slot * WORDS + 1];
    }

    long byteMoved(int slot) {
        return cells[slot * WORDS + 2];
    }

    void byteMoved(int slot, long millis) {
        cells[slot * WORDS + 2] = millis;
    }

    /// All facts, for [#stateIn] and [#protocolIn].
    long facts(int slot) {
        return cells[slot * WORDS + 3];
    }

    static TcpState stateIn(long facts) {
        return STATES[(int) (facts & STATE_MASK)];
    }

    static Protocol protocolIn(long facts) {
        return PROTOCOLS[(int) ((facts & PROTOCOL_MASK) >>> STATE_BITS)];
    }

    TcpState state(int slot) {
        return stateIn(facts(slot));
    }

    void state(int slot, TcpState state, long since) {
        long facts = cells[slot * WORDS + 3];
        cells[slot * WORDS + 3] = facts & ~STATE_MASK | state.ordinal();
        cells[slot * WORDS + 1] = since;
    }

    Protocol protocol(int slot) {
        return protocolIn(facts(slot));
    }

    /// It is known now what it is.
    void protocol(int slot, Protocol protocol) {
        long facts = cells[slot * WORDS + 3];
        cells[slot * WORDS + 3] = facts & ~PROTOCOL_MASK | MET | (long) protocol.ordinal() << STATE_BITS;
    }

    /// Whether all of these facts hold.
    boolean is(int slot, long facts) {
        return (cells[slot * WORDS + 3] & facts) == facts;
    }

    void set(int slot, long facts) {
        cells[slot * WORDS + 3] |= facts;
    }

    void clear(int slot, long facts) {
        cells[slot * WORDS + 3] &= ~facts;
    }

    /// The number of the network namespace whose table listed it last, 0 where none did.
    int namespace(int slot) {
        return (int) (cells[slot * WORDS + 3] >>> NAMESPACE_SHIFT);
    }

    /// Notes how many bytes moved over it since it was opened.
    ///
    /// @return whether that is what was noted last, as far as 24 bits tell
    boolean bytes(int slot, long bytes) {
        long facts = cells[slot * WORDS + 3];
        long noted = bytes << BYTES_SHIFT & BYTES_MASK;
        cells[slot * WORDS + 3] = facts & ~BYTES_MASK | noted;
        return (facts & BYTES_MASK) == noted;
    }

    long receiveQueue(int slot) {
        return cells[slot * WORDS + 4] & LOW;
    }

    long sendQueue(int slot) {
        return cells[slot * WORDS + 4] >>> Integer.SIZE;
    }

    /// @param receive bytes, below 2^32 as the kernel counts them
    void queues(int slot, long receive, long send) {
        cells[slot * WORDS + 4] = receive & LOW | send << Integer.SIZE;
    }

    /// Its peer in the [PeerTable], or [#NO_PEER].
    int peer(int slot) {
        return (int) cells[slot * WORDS + 5];
    }

    void peer(int slot, int peer) {
        cells[slot * WORDS + 5] = cells[slot * WORDS + 5] & ~LOW | peer;
    }

    /// How many descriptors held it in a round; 255 stands for more.
    int holders(int slot, int round) {
        long word = cells[slot * WORDS + 6];
        return (int) ((word & HELD_MASK) >>> HELD_SHIFT) == round ? (int) (word & HOLDERS_MASK) : 0;
    }

    /// Who held it first in the last round in which it was held.
    int firstHolder(int slot) {
        return (int) (cells[slot * WORDS + 5] >>> Integer.SIZE);
    }

    /// Counts one more descriptor that holds it this round.
    void hold(int slot, int holder, int round) {
        long word = cells[slot * WORDS + 6];
        int lastRound = (int) ((word & HELD_MASK) >>> HELD_SHIFT);
        long last = word & HOLDERS_MASK;
        long now = 1;
        if (lastRound == round) {
            now = Math.min(last + 1, HOLDERS_MASK);
        } else {
            beginHold(slot, holder, lastRound == round - 1 ? last : 0);
        }
        cells[slot * WORDS + 6] = word & ~HELD_MASK | (long) round << HELD_SHIFT | now;
    }

    /// @param before how many held it in the round before
    private void beginHold(int slot, int holder, long before) {
        long facts = cells[slot * WORDS + 3];
        long settled = before > 0 ? facts | SETTLED : facts & ~SETTLED;
        cells[slot * WORDS + 3] = before == 1 ? settled & ~SHARED : settled;
        cells[slot * WORDS + 5] = cells[slot * WORDS + 5] & LOW | (long) holder << Integer.SIZE;
    }

    /// Marks the peers that sockets have.
    void markPeers(BitSet needed) {
        for (int slot = 0; slot < end; slot++) {
            needed.set(peer(slot));
        }
    }
}
