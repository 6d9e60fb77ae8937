package io.fdsentry.web.history;

import io.fdsentry.model.Course;
import io.fdsentry.model.ProcessId;
import java.util.Arrays;

/// The counts of one process over time, coarser with age. When it is full, that point goes which is missed
/// least: the one whose neighbours are nearest to each other for its age. So the last rounds stay all, and
/// points lie the farther apart the older they are.
final class Trail {
    /// Bytes of a point: its time and its counts.
    static final int POINT_BYTES = Integer.BYTES * (1 + Columns.COUNT);

    private static final int AT_FIRST = 16;

    private int[] at = new int[AT_FIRST];
    private int[] counts = new int[AT_FIRST * Columns.COUNT];
    private int size;

    /// Takes in a round.
    ///
    /// @param seconds since 1970
    /// @param most points to keep, two at least
    void add(int seconds, int[] row, int most) {
        while (size >= most) {
            remove(least());
        }
        makeRoom(most);
        at[size] = seconds;
        System.arraycopy(row, 0, counts, size * Columns.COUNT, Columns.COUNT);
        size++;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) at.length * POINT_BYTES;
    }

    /// A copy that is left alone from now on.
    Course copy(ProcessId id) {
        return new TrailCopy(id, Arrays.copyOf(at, size), Arrays.copyOf(counts, size * Columns.COUNT));
    }

    /// A copy of at most so many points, evenly taken, the last among them.
    Course copy(ProcessId id, int most) {
        if (size <= most) {
            return copy(id);
        }
        int[] times = new int[most];
        int[] rows = new int[most * Columns.COUNT];
        for (int i = 0; i < most; i++) {
            int from = size - 1 - (most - 1 - i) * (size - 1) / (most - 1);
            times[i] = at[from];
            System.arraycopy(counts, from * Columns.COUNT, rows, i * Columns.COUNT, Columns.COUNT);
        }
        return new TrailCopy(id, times, rows);
    }

    /// Neither the first, which shows where it all began, nor the last.
    private int least() {
        int now = at[size - 1];
        int least = 1;
        double leastGap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < size - 1; i++) {
            double gap = (at[i + 1] - at[i - 1]) / (1.0 + now - at[i]);
            if (gap < leastGap) {
                leastGap = gap;
                least = i;
            }
        }
        return least;
    }

    private void remove(int point) {
        int behind = size - point - 1;
        System.arraycopy(at, point + 1, at, point, behind);
        System.arraycopy(counts, (point + 1) * Columns.COUNT, counts, point * Columns.COUNT, behind * Columns.COUNT);
        size--;
    }

    /// Arrays never hold more than is allowed, so that the bound is that of the memory taken.
    private void makeRoom(int most) {
        int room = Math.min(most, size < at.length ? at.length : at.length * 2);
        if (room != at.length) {
            at = Arrays.copyOf(at, room);
            counts = Arrays.copyOf(counts, room * Columns.COUNT);
        }
    }
}
