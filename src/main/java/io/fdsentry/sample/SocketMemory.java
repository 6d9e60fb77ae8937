package io.fdsentry.sample;

import io.fdsentry.model.Protocol;
import io.fdsentry.model.TcpState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/// What is remembered of every socket, by inode, for as long as it lives: 64 bytes each, in one array, and no object.
///
/// The inode alone is the key, whatever the network namespace: all sockets of a machine are inodes of one file system
/// (`sockfs`), which numbers them with one counter of 32 bits. So a socket is found in whichever namespace's table it
/// stands. Times are milliseconds of the monotonic clock, which stands still while the machine is suspended, as the
/// kernel's own byte times do.
///
/// Open addressing with linear probing. A slot is good until the next [#add] or [#sweep]. Each takes eight longs:
///
///     0  inode                            the round in which a table last listed it << 32
///     1  first seen
///     2  in its state since
///     3  last byte moved
///     4  facts, the bits below            low bits of the count of bytes << 24, network namespace << 48
///     5  receive queue                    send queue << 32
///     6  peer                             the first that held it this round << 32
///     7  descriptors that hold it         the round of that count << 32
final class SocketMemory {
    /// No slot.
    static final int ABSENT = -1;
    /// No peer.
    static final int NO_PEER = 0;

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
    /// Its network namespaces have been looked for beyond those of the watched processes.
    static final long SOUGHT = 1L << 18;

    /// More than one descriptor held it when last counted.
    static final long SHARED = 1L << 19;

    private static final int WORDS = 8;
    private static final int STATE_BITS = 4;
    private static final long STATE_MASK = 0xf;
    private static final long PROTOCOL_MASK = 0xf0;
    private static final int BYTES_SHIFT = 24;
    private static final long BYTES_MASK = 0xff_ffffL << BYTES_SHIFT;
    private static final int NAMESPACE_SHIFT = 48;
    private static final long LOW = 0xffff_ffffL;
    private static final int SMALLEST = 256;
    private static final int GOLDEN = 0x9e3779b9;
    private static final TcpState[] STATES = TcpState.values();
    private static final Protocol[] PROTOCOLS = Protocol.values();

    private long[] cells = new long[SMALLEST * WORDS];
    private int capacity = SMALLEST;
    private int size;

    /// The slot of an inode, or [#ABSENT].
    int find(long inode) {
        int slot = home((int) inode);
        for (int key = key(slot); key != 0; key = key(slot)) {
            if (key == (int) inode) {
                return slot;
            }
            slot = slot + 1 & capacity - 1;
        }
        return ABSENT;
    }

    /// Makes room for an inode that is not there and not 0. Everything about it is zero.
    int add(long inode) {
        if (size >= capacity - capacity / 8) {
            resize(capacity * 2);
        }
        size++;
        int slot = free((int) inode);
        cells[slot * WORDS] = inode & LOW;
        return slot;
    }

    /// Forgets all sockets but those to keep, and gives memory back when there are few.
    void sweep(IntPredicate keep) {
        int slot = 0;
        while (slot < capacity) {
            if (key(slot) != 0 && !keep.test(slot)) {
                remove(slot);
            } else {
                slot++;
            }
        }
        int wanted = capacity;
        while (wanted > SMALLEST && size < wanted / 8) {
            wanted /= 2;
        }
        if (wanted != capacity) {
            resize(wanted);
        }
    }

    /// Sockets remembered.
    int size() {
        return size;
    }

    /// Slots, those in use and the others: a socket's slot is below this.
    int capacity() {
        return capacity;
    }

    /// Whether a slot is in use.
    boolean isUsed(int slot) {
        return key(slot) != 0;
    }

    long inode(int slot) {
        return cells[slot * WORDS] & LOW;
    }

    int listedRound(int slot) {
        return (int) (cells[slot * WORDS] >>> Integer.SIZE);
    }

    void listedRound(int slot, int round) {
        cells[slot * WORDS] = inode(slot) | (long) round << Integer.SIZE;
    }

    long firstSeen(int slot) {
        return cells[slot * WORDS + 1];
    }

    void firstSeen(int slot, long millis) {
        cells[slot * WORDS + 1] = millis;
    }

    long stateSince(int slot) {
        return cells[slot * WORDS + 2];
    }

    long byteMoved(int slot) {
        return cells[slot * WORDS + 3];
    }

    void byteMoved(int slot, long millis) {
        cells[slot * WORDS + 3] = millis;
    }

    TcpState state(int slot) {
        return STATES[(int) (cells[slot * WORDS + 4] & STATE_MASK)];
    }

    void state(int slot, TcpState state, long since) {
        long facts = cells[slot * WORDS + 4];
        cells[slot * WORDS + 4] = facts & ~STATE_MASK | state.ordinal();
        cells[slot * WORDS + 2] = since;
    }

    Protocol protocol(int slot) {
        return PROTOCOLS[(int) ((cells[slot * WORDS + 4] & PROTOCOL_MASK) >>> STATE_BITS)];
    }

    void protocol(int slot, Protocol protocol) {
        long facts = cells[slot * WORDS + 4];
        cells[slot * WORDS + 4] = facts & ~PROTOCOL_MASK | (long) protocol.ordinal() << STATE_BITS;
    }

    /// Whether all of these facts hold.
    boolean is(int slot, long facts) {
        return (cells[slot * WORDS + 4] & facts) == facts;
    }

    void set(int slot, long facts) {
        cells[slot * WORDS + 4] |= facts;
    }

    void clear(int slot, long facts) {
        cells[slot * WORDS + 4] &= ~facts;
    }

    /// The number of the network namespace whose table listed it last, 0 where none did.
    int namespace(int slot) {
        return (int) (cells[slot * WORDS + 4] >>> NAMESPACE_SHIFT);
    }

    void namespace(int slot, int number) {
        long facts = cells[slot * WORDS + 4];
        cells[slot * WORDS + 4] = facts << Short.SIZE >>> Short.SIZE | (long) number << NAMESPACE_SHIFT;
    }

    /// Notes how many bytes moved over it since it was opened.
    ///
    /// @return whether that is what was noted last, as far as 24 bits tell
    boolean bytes(int slot, long bytes) {
        long facts = cells[slot * WORDS + 4];
        long noted = bytes << BYTES_SHIFT & BYTES_MASK;
        cells[slot * WORDS + 4] = facts & ~BYTES_MASK | noted;
        return (facts & BYTES_MASK) == noted;
    }

    long receiveQueue(int slot) {
        return cells[slot * WORDS + 5] & LOW;
    }

    long sendQueue(int slot) {
        return cells[slot * WORDS + 5] >>> Integer.SIZE;
    }

    /// @param receive bytes, below 2^32 as the kernel counts them
    void queues(int slot, long receive, long send) {
        cells[slot * WORDS + 5] = receive & LOW | send << Integer.SIZE;
    }

    /// Its peer in the [PeerTable], or [#NO_PEER].
    int peer(int slot) {
        return (int) cells[slot * WORDS + 6];
    }

    void peer(int slot, int peer) {
        cells[slot * WORDS + 6] = cells[slot * WORDS + 6] & ~LOW | peer;
    }

    /// How many descriptors held it in a round.
    int holders(int slot, int round) {
        long word = cells[slot * WORDS + 7];
        return (int) (word >>> Integer.SIZE) == round ? (int) word : 0;
    }

    /// Who held it first in the last round in which it was held.
    int firstHolder(int slot) {
        return (int) (cells[slot * WORDS + 6] >>> Integer.SIZE);
    }

    /// Counts one more descriptor that holds it this round.
    void hold(int slot, int holder, int round) {
        int holders = holders(slot, round);
        if (holders == 0) {
            cells[slot * WORDS + 6] = cells[slot * WORDS + 6] & LOW | (long) holder << Integer.SIZE;
            if (holders(slot, round - 1) > 0) {
                set(slot, SETTLED);
            } else {
                clear(slot, SETTLED);
            }
        }
        cells[slot * WORDS + 7] = (long) round << Integer.SIZE | holders + 1;
    }

    /// Marks the peers that sockets have.
    void markPeers(BitSet needed) {
        for (int slot = 0; slot < capacity; slot++) {
            needed.set(peer(slot));
        }
    }

    private int key(int slot) {
        return (int) cells[slot * WORDS];
    }

    /// Where an inode would best be: inodes are consecutive numbers, which this multiplication spreads evenly.
    private int home(int inode) {
        return inode * GOLDEN >>> Integer.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    private int free(int inode) {
        int slot = home(inode);
        while (key(slot) != 0) {
            slot = slot + 1 & capacity - 1;
        }
        return slot;
    }

    /// Empties a slot and moves those behind it up that would not be found across the gap.
    private void remove(int slot) {
        size--;
        int gap = slot;
        int next = slot + 1 & capacity - 1;
        while (key(next) != 0) {
            int distance = next - home(key(next)) & capacity - 1;
            if (distance >= (next - gap & capacity - 1)) {
                System.arraycopy(cells, next * WORDS, cells, gap * WORDS, WORDS);
                gap = next;
            }
            next = next + 1 & capacity - 1;
        }
        Arrays.fill(cells, gap * WORDS, gap * WORDS + WORDS, 0);
    }

    private void resize(int wanted) {
        long[] old = cells;
        cells = new long[wanted * WORDS];
        capacity = wanted;
        for (int at = 0; at < old.length; at += WORDS) {
            if ((int) old[at] != 0) {
                System.arraycopy(old, at, cells, free((int) old[at]) * WORDS, WORDS);
            }
        }
    }
}
