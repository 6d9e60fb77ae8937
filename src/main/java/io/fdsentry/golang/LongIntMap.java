package io.fdsentry.golang;

import java.util.Arrays;

/// Numbers for words, without an object for either; open addressing. The word 0 is none.
final class LongIntMap {
    static final int ABSENT = -1;

    private long[] keys = new long[64];
    private int[] values = new int[64];
    private int size;

    int get(long key) {
        int slot = slot(keys, key);
        return keys[slot] == key && key != 0 ? values[slot] : ABSENT;
    }

    void put(long key, int value) {
        if (key == 0) {
            return;
        }
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(keys, key);
        size += keys[slot] == key ? 0 : 1;
        keys[slot] = key;
        values[slot] = value;
    }

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(keys, 0);
        size = 0;
    }

    long heapBytes() {
        return 12L * keys.length;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
