package io.fdsentry.sample;

import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.Arrays;

/// The sockets of one process by peer, direction and state, counted afresh each round; one tally serves all
/// processes, one after the other. A row is a peer in one direction, which its key stands for.
final class PeerTally {
    /// No row.
    static final int ABSENT = -1;

    private static final int STATES = TcpState.values().length;
    private static final int FIRST_ROWS = 64;

    /// Row + 1 by key, 0 where there is none.
    private int[] rowOf = new int[0];
    private int[] keys = new int[FIRST_ROWS];
    private int[] totals = new int[FIRST_ROWS];
    private int[] counts = new int[FIRST_ROWS * STATES];
    private long[] oldest = new long[FIRST_ROWS * STATES];
    private int rows;

    /// The key of a peer in a direction.
    static int key(int peer, Direction direction) {
        return peer << 1 | direction.ordinal();
    }

    static int peer(int key) {
        return key >>> 1;
    }

    static Direction direction(int key) {
        return (key & 1) == Direction.OUT.ordinal() ? Direction.OUT : Direction.IN;
    }

    /// Starts with another process.
    ///
    /// @param peers numbers of peers are below this
    void begin(int peers) {
        for (int row = 0; row < rows; row++) {
            rowOf[keys[row]] = 0;
        }
        rows = 0;
        if (rowOf.length < peers * 2) {
            rowOf = new int[peers * 2];
        }
    }

    /// Counts a socket.
    ///
    /// @param since when it came into its state
    void count(int key, TcpState state, long since) {
        int row = rowOf[key] == 0 ? add(key) : rowOf[key] - 1;
        int cell = row * STATES + state.ordinal();
        oldest[cell] = counts[cell] == 0 ? since : Math.min(oldest[cell], since);
        counts[cell]++;
        totals[row]++;
    }

    /// How many rows there are.
    int rows() {
        return rows;
    }

    /// The row of a key, or [#ABSENT].
    int row(int key) {
        return key < rowOf.length ? rowOf[key] - 1 : ABSENT;
    }

    int key(int row) {
        return keys[row];
    }

    int total(int row) {
        return totals[row];
    }

    int count(int row, TcpState state) {
        return counts[row * STATES + state.ordinal()];
    }

    /// Since when the socket that is in a state longest is in it; meaningful where there is one.
    long oldest(int row, TcpState state) {
        return oldest[row * STATES + state.ordinal()];
    }

    private int add(int key) {
        if (rows == keys.length) {
            keys = Arrays.copyOf(keys, rows * 2);
            totals = Arrays.copyOf(totals, rows * 2);
            counts = Arrays.copyOf(counts, rows * 2 * STATES);
            oldest = Arrays.copyOf(oldest, rows * 2 * STATES);
        }
        int row = rows++;
        keys[row] = key;
        totals[row] = 0;
        Arrays.fill(counts, row * STATES, row * STATES + STATES, 0);
        rowOf[key] = row + 1;
        return row;
    }
}
