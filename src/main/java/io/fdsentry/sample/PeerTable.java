package io.fdsentry.sample;

import io.fdsentry.model.IpAddress;
import java.util.Arrays;
import java.util.BitSet;

/// The peers that sockets have, each once, under a number above 0; about 40 bytes each. A port of 0 stands for the
/// address alone.
///
/// Numbers are given back by [#retain], not one by one: whoever holds one says so there.
final class PeerTable {
    private static final int SMALLEST = 64;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long[] high = new long[SMALLEST];
    private long[] low = new long[SMALLEST];
    private int[] port = new int[SMALLEST];
    /// Numbers by hash of the peer; 0 is empty. Twice as long as the others, so at most half full.
    private int[] index = new int[SMALLEST * 2];
    private final BitSet used = new BitSet();
    private int end = 1;
    private int size;
    private int sizeKept;

    /// The number of a peer.
    int intern(long peerHigh, long peerLow, int peerPort) {
        int at = home(peerHigh, peerLow, peerPort);
        for (int peer = index[at]; peer != 0; peer = index[at]) {
            if (low[peer] == peerLow && high[peer] == peerHigh && port[peer] == peerPort) {
                return peer;
            }
            at = at + 1 & index.length - 1;
        }
        return add(peerHigh, peerLow, peerPort);
    }

    /// As labels show it: `address:port`, or the address alone.
    String text(int peer) {
        return port[peer] == 0
                ? IpAddress.text(high[peer], low[peer])
                : IpAddress.text(high[peer], low[peer], port[peer]);
    }

    /// Peers known.
    int size() {
        return size;
    }

    /// Every number is below this.
    int end() {
        return end;
    }

    /// Whether it is worth asking who still needs which numbers.
    boolean hasGrown() {
        return size > SMALLEST && size > sizeKept + sizeKept / 2;
    }

    /// Forgets all peers but these.
    void retain(BitSet needed) {
        used.and(needed);
        size = used.cardinality();
        sizeKept = size;
        end = Math.max(1, used.length());
        int wanted = high.length;
        while (wanted > SMALLEST && end < wanted / 4) {
            wanted /= 2;
        }
        if (wanted != high.length) {
            reserve(wanted);
        } else {
            rebuild();
        }
    }

    private int add(long peerHigh, long peerLow, int peerPort) {
        int peer = size + 1 == end ? end : used.nextClearBit(1);
        if (peer == high.length) {
            reserve(high.length * 2);
        }
        high[peer] = peerHigh;
        low[peer] = peerLow;
        port[peer] = peerPort;
        used.set(peer);
        size++;
        end = Math.max(end, peer + 1);
        enter(peer);
        return peer;
    }

    private void reserve(int capacity) {
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        port = Arrays.copyOf(port, capacity);
        index = new int[capacity * 2];
        rebuild();
    }

    private void rebuild() {
        Arrays.fill(index, 0);
        for (int peer = used.nextSetBit(1); peer > 0; peer = used.nextSetBit(peer + 1)) {
            enter(peer);
        }
    }

    private void enter(int peer) {
        int at = home(high[peer], low[peer], port[peer]);
        while (index[at] != 0) {
            at = at + 1 & index.length - 1;
        }
        index[at] = peer;
    }

    private int home(long peerHigh, long peerLow, int peerPort) {
        long mixed = ((peerHigh * 31 + peerLow) * 31 + peerPort) * GOLDEN;
        return (int) (mixed >>> Long.SIZE - Integer.numberOfTrailingZeros(index.length));
    }
}
