package io.fdsentry.evidence;

import io.fdsentry.model.Counted;
import io.fdsentry.model.CountsAt;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The counts of one process over time, in bounded memory: the last rounds all, older ones coarser and coarser,
/// and the first of all. A ring of 24 rounds for each scale; what leaves a ring goes, every other one, to the
/// next. 1 kB a scale, one scale more each time the age doubles: with a round every 15 s, 14 scales span two
/// months.
final class CountHistory {
    static final int RING = 24;
    private static final int MOST_SCALES = 16;
    private static final int COLUMNS = Counted.values().length;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final List<Ring> scales = new ArrayList<>();
    private final int[] row = new int[COLUMNS];
    private final int[] first = new int[COLUMNS];
    private long firstAt;

    /// Starts the next round with nothing known.
    CountHistory begin() {
        Arrays.fill(row, UNKNOWN);
        return this;
    }

    CountHistory set(Counted what, int count) {
        row[what.ordinal()] = count;
        return this;
    }

    /// Ends the round.
    void end(Instant at) {
        long millis = at.toEpochMilli();
        if (scales.isEmpty()) {
            firstAt = millis;
            System.arraycopy(row, 0, first, 0, COLUMNS);
            scales.add(new Ring());
        }
        scales.getFirst().add(millis, row, 0);
        for (int i = 0; i < scales.size() && scales.get(i).handsOn(); i++) {
            if (i + 1 == scales.size()) {
                if (scales.size() == MOST_SCALES) {
                    return;
                }
                scales.add(new Ring());
            }
            Ring ring = scales.get(i);
            scales.get(i + 1).add(ring.goneAt, ring.gone, 0);
        }
    }

    /// Everything that is still known, oldest first.
    List<CountsAt> points() {
        Deque<CountsAt> points = new ArrayDeque<>();
        for (Ring ring : scales) {
            for (int i = ring.size - 1; i >= 0; i--) {
                points.addFirst(ring.point(i));
            }
        }
        if (!points.isEmpty() && points.getFirst().at().toEpochMilli() != firstAt) {
            points.addFirst(point(firstAt, first, 0));
        }
        return List.copyOf(points);
    }

    private static CountsAt point(long millis, int[] counts, int from) {
        Map<Counted, Integer> known = new EnumMap<>(Counted.class);
        for (Counted what : Counted.values()) {
            int count = counts[from + what.ordinal()];
            if (count != UNKNOWN) {
                known.put(what, count);
            }
        }
        return new CountsAt(Instant.ofEpochMilli(millis), known);
    }

    /// The last rounds of one scale.
    private static final class Ring {
        private final long[] at = new long[RING];
        private final int[] counts = new int[RING * COLUMNS];
        private final int[] gone = new int[COLUMNS];
        private long goneAt;
        private long left;
        private boolean overflowed;
        private int start;
        private int size;

        void add(long millis, int[] from, int offset) {
            overflowed = size == RING;
            if (overflowed) {
                goneAt = at[start];
                System.arraycopy(counts, start * COLUMNS, gone, 0, COLUMNS);
                start = (start + 1) % RING;
                size--;
                left++;
            }
            int slot = (start + size) % RING;
            at[slot] = millis;
            System.arraycopy(from, offset, counts, slot * COLUMNS, COLUMNS);
            size++;
        }

        /// Whether the last addition pushed one out that the next scale gets: every other one.
        boolean handsOn() {
            return overflowed && left % 2 == 0;
        }

        CountsAt point(int index) {
            int slot = (start + index) % RING;
            return CountHistory.point(at[slot], counts, slot * COLUMNS);
        }
    }
}
