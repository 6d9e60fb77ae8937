package io.fdsentry.sample;

import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.TcpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which peers of one process are shown by name. Those with the most sockets get the places; whoever has one
/// keeps it for [#KEPT] rounds after it was last among them, also at zero, so that a series does not come and go
/// with each round. All others are one row for each direction.
final class PeerRanks {
    /// Rounds a peer stays after it was last among the top.
    static final int KEPT = 10;

    private static final TcpState[] STATES = TcpState.values();
    private static final Direction[] DIRECTIONS = Direction.values();

    private int places;
    private int[] keys = new int[0];
    private int[] lastAmongTop = new int[0];

    /// Gives the places of a round, and says what there is at each of them: most sockets first, then the rest.
    ///
    /// @param top how many places there are
    List<PeerSockets> rank(PeerTally tally, int top, RoundTime time, PeerTable peers) {
        resize(top);
        int[] best = best(tally, top);
        refresh(best, tally, time.number());
        expire(time.number());
        fill(best, tally, time.number());
        return rows(tally, peers, time);
    }

    /// Marks the peers that hold a place.
    void mark(BitSet needed) {
        for (int place = 0; place < places; place++) {
            needed.set(PeerTally.peer(keys[place]));
        }
    }

    private void resize(int top) {
        if (top != keys.length) {
            keys = Arrays.copyOf(keys, top);
            lastAmongTop = Arrays.copyOf(lastAmongTop, top);
            places = Math.min(places, top);
        }
    }

    /// The rows with the most sockets, most first; of equal ones that which has a place, then the one known longer.
    private int[] best(PeerTally tally, int top) {
        int[] best = new int[Math.min(top, tally.rows())];
        int found = 0;
        for (int row = 0; row < tally.rows() && best.length > 0; row++) {
            if (found == best.length && !isBefore(tally, row, best[found - 1])) {
                continue;
            }
            int at = found < best.length ? found++ : found - 1;
            while (at > 0 && isBefore(tally, row, best[at - 1])) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = row;
        }
        return best;
    }

    private boolean isBefore(PeerTally tally, int row, int other) {
        if (tally.total(row) != tally.total(other)) {
            return tally.total(row) > tally.total(other);
        }
        boolean held = placeOf(tally.key(row)) < places;
        boolean otherHeld = placeOf(tally.key(other)) < places;
        return held == otherHeld ? tally.key(row) < tally.key(other) : held;
    }

    private void refresh(int[] best, PeerTally tally, int round) {
        for (int row : best) {
            int place = placeOf(tally.key(row));
            if (place < places) {
                lastAmongTop[place] = round;
            }
        }
    }

    private void expire(int round) {
        int kept = 0;
        for (int place = 0; place < places; place++) {
            if (round - lastAmongTop[place] <= KEPT) {
                keys[kept] = keys[place];
                lastAmongTop[kept++] = lastAmongTop[place];
            }
        }
        places = kept;
    }

    private void fill(int[] best, PeerTally tally, int round) {
        for (int row : best) {
            if (places < keys.length && placeOf(tally.key(row)) == places) {
                keys[places] = tally.key(row);
                lastAmongTop[places++] = round;
            }
        }
    }

    /// The place of a key; the number of places if it has none.
    private int placeOf(int key) {
        int place = 0;
        while (place < places && keys[place] != key) {
            place++;
        }
        return place;
    }

    private List<PeerSockets> rows(PeerTally tally, PeerTable peers, RoundTime time) {
        List<PeerSockets> rows = new ArrayList<>();
        int[] rest = new int[DIRECTIONS.length * STATES.length];
        for (int row = 0; row < tally.rows(); row++) {
            add(rest, tally, row, 1);
        }
        for (int place = 0; place < places; place++) {
            int row = tally.row(keys[place]);
            if (row != PeerTally.ABSENT) {
                add(rest, tally, row, -1);
            }
            rows.add(named(keys[place], tally, peers, time));
        }
        rows.sort(Comparator.comparingInt(peer -> -peer.states().total()));
        for (Direction direction : DIRECTIONS) {
            int from = direction.ordinal() * STATES.length;
            Counts<TcpState> others = Counts.of(TcpState.class, Arrays.copyOfRange(rest, from, from + STATES.length));
            if (others.total() > 0) {
                rows.add(new PeerSockets(PeerSockets.OTHER, direction, others));
            }
        }
        return rows;
    }

    private static PeerSockets named(int key, PeerTally tally, PeerTable peers, RoundTime time) {
        int row = tally.row(key);
        int[] counts = new int[STATES.length];
        Map<TcpState, Instant> oldest = new EnumMap<>(TcpState.class);
        for (TcpState state : STATES) {
            counts[state.ordinal()] = row == PeerTally.ABSENT ? 0 : tally.count(row, state);
            if (counts[state.ordinal()] > 0) {
                oldest.put(state, time.instant(tally.oldest(row, state)));
            }
        }
        return new PeerSockets(
                peers.text(PeerTally.peer(key)), PeerTally.direction(key), Counts.of(TcpState.class, counts), oldest);
    }

    private static void add(int[] sums, PeerTally tally, int row, int factor) {
        int from = PeerTally.direction(tally.key(row)).ordinal() * STATES.length;
        for (TcpState state : STATES) {
            sums[from + state.ordinal()] += factor * tally.count(row, state);
        }
    }
}
