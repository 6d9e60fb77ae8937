package io.fdsentry.sample;

import java.util.Arrays;

/// A place for each inode: open addressing with linear probing, inode and place side by side in one long.
final class InodeIndex {
    /// No place.
    static final int ABSENT = -1;

    private static final int SMALLEST = 256;
    private static final int GOLDEN = 0x9e3779b9;

    /// Inode in the upper half, 0 where the entry is empty.
    private long[] entries = new long[SMALLEST];
    private int mask = SMALLEST - 1;
    /// Leaves of 32 bits as many as number the entries.
    private int shift = shift(SMALLEST);
    private int size;

    int size() {
        return size;
    }

    /// The place of an inode, or [#ABSENT].
    int find(int inode) {
        int at = home(inode);
        for (long entry = entries[at]; entry != 0; entry = entries[at]) {
            if ((int) (entry >>> Integer.SIZE) == inode) {
                return (int) entry;
            }
            at = at + 1 & mask;
        }
        return ABSENT;
    }

    /// Gives a place to an inode that has none and is not 0.
    void put(int inode, int place) {
        if (size >= entries.length / 4 * 3) {
            long[] old = entries;
            reserve(entries.length * 2);
            for (long entry : old) {
                if (entry != 0) {
                    entries[free((int) (entry >>> Integer.SIZE))] = entry;
                }
            }
        }
        entries[free(inode)] = (long) inode << Integer.SIZE | place;
        size++;
    }

    /// Takes the place from an inode that has one, and closes the gap for those that would not be found across it.
    void remove(int inode) {
        int gap = home(inode);
        while ((int) (entries[gap] >>> Integer.SIZE) != inode) {
            gap = gap + 1 & mask;
        }
        for (int next = gap + 1 & mask; entries[next] != 0; next = next + 1 & mask) {
            int distance = next - home((int) (entries[next] >>> Integer.SIZE)) & mask;
            if (distance >= (next - gap & mask)) {
                entries[gap] = entries[next];
                gap = next;
            }
        }
        entries[gap] = 0;
        size--;
    }

    /// Takes all places, and makes room for so many.
    void clear(int expected) {
        int capacity = SMALLEST;
        while (expected >= capacity / 4 * 3) {
            capacity *= 2;
        }
        if (capacity == entries.length) {
            Arrays.fill(entries, 0);
        } else {
            reserve(capacity);
        }
        size = 0;
    }

    private void reserve(int capacity) {
        entries = new long[capacity];
        mask = capacity - 1;
        shift = shift(capacity);
    }

    private int free(int inode) {
        int at = home(inode);
        while (entries[at] != 0) {
            at = at + 1 & mask;
        }
        return at;
    }

    /// Where an inode would best be: inodes are consecutive numbers, which this multiplication spreads evenly.
    private int home(int inode) {
        return inode * GOLDEN >>> shift;
    }

    private static int shift(int capacity) {
        return Integer.numberOfLeadingZeros(capacity) + 1;
    }
}
