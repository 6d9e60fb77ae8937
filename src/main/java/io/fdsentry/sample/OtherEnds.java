package io.fdsentry.sample;

import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the other ends of connections among all rows of all tables that a round reads.
///
/// What the two ends of a connection agree on, even where a redirect or a balancer stands between them, is the
/// client's address and port. A row with both addresses the other way round is surely the other end; one that
/// shares only the client's is taken where there is just one, where that one has no whole counterpart of its own,
/// since one port of a client may serve connections to several servers, and, for a client, where no other of its
/// host's connections to that server has one: then nothing stands between them.
///
/// Of each row three longs are kept, without an object: a number for each of its two addresses, and inode with
/// state.
final class OtherEnds {
    private static final int WORDS = 3;
    private static final int SMALLEST = 1024;
    private static final int HINTS = 0xffff;
    private static final long INODE = 0xffff_ffffL;
    private static final int LOOPBACK_V4 = 127;
    private static final long V4_PREFIX = 0xffffL;
    private static final TcpState[] STATES = TcpState.values();

    private long[] rows = new long[0];
    private int size;
    private final Map<Long, List<Asked>> byClient = new HashMap<>();
    private final BitSet hints = new BitSet();

    /// The row of another end.
    ///
    /// @param inode 0 where no descriptor holds it
    record Found(long inode, TcpState state) {}

    private static final class Asked {
        final long inode;
        final Direction direction;
        final long server;
        final long way;

        @Nullable
        Found exact;

        @Nullable
        Found near;

        long nearServer;
        int candidates;
        boolean taken;

        Asked(long inode, Direction direction, long server, long way) {
            this.inode = inode;
            this.direction = direction;
            this.server = server;
            this.way = way;
        }
    }

    /// One number for an address with a port. Loopback addresses mean something else in each network namespace.
    static long key(int namespace, long high, long low, int port) {
        boolean loopback =
                high == 0 && (low == 1 || low >>> Integer.SIZE == V4_PREFIX && (low >>> 24 & 0xff) == LOOPBACK_V4);
        long mixed = mix(high) + low;
        return mix(mix(mixed) + port + (loopback ? (long) namespace << Integer.SIZE : 0));
    }

    private static long mix(long x) {
        long y = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
        long z = (y ^ y >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /// Forgets the rows; keeps their room while it is used from round to round.
    void clear() {
        if (size == 0) {
            rows = new long[0];
        }
        size = 0;
        byClient.clear();
        hints.clear();
    }

    /// Takes a row, with the keys of its addresses.
    void add(long inode, TcpState state, long local, long peer) {
        if (size * WORDS == rows.length) {
            rows = Arrays.copyOf(rows, Math.max(SMALLEST, size * 2) * WORDS);
        }
        int at = size++ * WORDS;
        rows[at] = local;
        rows[at + 1] = peer;
        rows[at + 2] = inode | (long) state.ordinal() << Integer.SIZE;
    }

    /// Asks for the other end of a connection.
    ///
    /// @param direction who opened it: an inbound one has the client as its peer
    /// @param clientsHost the key of the client's address, without its port
    void ask(long inode, Direction direction, long local, long peer, long clientsHost) {
        long client = direction == Direction.IN ? peer : local;
        long server = direction == Direction.IN ? local : peer;
        long way = mix(mix(server) + clientsHost) + direction.ordinal();
        byClient.computeIfAbsent(client, _ -> new ArrayList<>(1)).add(new Asked(inode, direction, server, way));
        hints.set((int) client & HINTS);
    }

    /// The other ends asked for, by inode; those not found are not in it.
    Map<Long, Found> find() {
        for (int at = 0; at < size * WORDS; at += WORDS) {
            offer(at, rows[at], Direction.IN, rows[at + 1]);
            offer(at, rows[at + 1], Direction.OUT, rows[at]);
        }
        for (int at = 0; at < size * WORDS; at += WORDS) {
            rule(rows[at + 1], Direction.IN, rows[at]);
            rule(rows[at], Direction.OUT, rows[at + 1]);
        }
        Set<Long> direct = direct();
        Map<Long, Found> found = new HashMap<>();
        for (List<Asked> asked : byClient.values()) {
            for (Asked one : asked) {
                boolean near = one.candidates == 1 && !one.taken && !direct.contains(one.way);
                Found end = one.exact != null ? one.exact : near ? one.near : null;
                if (end != null) {
                    found.put(one.inode, end);
                }
            }
        }
        return found;
    }

    /// Ways on which nothing stands between the two ends. A server that is reached directly by one connection may be
    /// reached through a balancer by others of the same host: only the client's side tells.
    private Set<Long> direct() {
        Set<Long> direct = new HashSet<>();
        for (List<Asked> asked : byClient.values()) {
            for (Asked one : asked) {
                if (one.exact != null && one.direction == Direction.OUT) {
                    direct.add(one.way);
                }
            }
        }
        return direct;
    }

    /// @param direction of the connections whose other end this row could be
    private void offer(int at, long client, Direction direction, long server) {
        List<Asked> asked = hints.get((int) client & HINTS) ? byClient.get(client) : null;
        if (asked == null) {
            return;
        }
        Found row = new Found(rows[at + 2] & INODE, STATES[(int) (rows[at + 2] >>> Integer.SIZE)]);
        for (Asked one : asked) {
            if (one.direction == direction && one.inode != row.inode()) {
                consider(one, row, server);
            }
        }
    }

    /// Rules out a candidate whose whole counterpart this row is.
    private void rule(long client, Direction direction, long server) {
        List<Asked> asked = hints.get((int) client & HINTS) ? byClient.get(client) : null;
        if (asked == null) {
            return;
        }
        for (Asked one : asked) {
            one.taken |= one.direction == direction && one.near != null && one.nearServer == server;
        }
    }

    /// A table whose dump was interrupted lists the same row again.
    private static void consider(Asked one, Found row, long server) {
        if (one.server == server && (one.exact == null || one.exact.inode() == 0)) {
            one.exact = row;
        }
        boolean again = one.near != null && one.near.inode() == row.inode() && one.nearServer == server;
        one.near = row;
        one.nearServer = server;
        one.candidates += again ? 0 : 1;
    }
}
