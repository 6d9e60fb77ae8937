package io.fdsentry.detect.trend;

import java.util.Arrays;

/// The floors of the last windows of one scale that followed each other without a gap, for every channel.
///
/// A window counts when it has at least [#LEAST_SAMPLES]: the lowest of fewer is no floor but a sample. A missing
/// or short window breaks the run: what lies on its two sides is never joined.
final class Floors {
    static final int LEAST_SAMPLES = 3;

    private static final Channel[] CHANNELS = Channel.values();
    private static final long NONE = Long.MIN_VALUE;

    final Scale scale;
    private final float[][] rings = new float[CHANNELS.length][];
    private final float[] open = new float[CHANNELS.length];
    private int size;
    private int next;
    private long window = NONE;
    private int samples;

    Floors(Scale scale) {
        this.scale = scale;
    }

    /// Adds what a sample, or a closed window of the scale below, has.
    ///
    /// @param lowest by channel ordinal
    /// @param count of how many samples
    void add(float[] lowest, int count) {
        if (count == 0) {
            return;
        }
        if (samples == 0) {
            System.arraycopy(lowest, 0, open, 0, open.length);
        } else {
            for (Channel channel : CHANNELS) {
                int c = channel.ordinal();
                open[c] = channel.keep(open[c], lowest[c]);
            }
        }
        samples += count;
    }

    /// Moves on to the window that `at` lies in.
    ///
    /// @param above the scales that are made of windows of this one
    /// @return whether a window that counts has closed
    boolean advance(double at, Floors[] above) {
        long now = (long) Math.floor(at / scale.seconds);
        if (now == window) {
            return false;
        }
        boolean counts = now == window + 1 && samples >= LEAST_SAMPLES;
        for (Floors floors : above) {
            floors.add(open, samples);
        }
        if (counts) {
            push();
        } else {
            size = 0;
        }
        window = now;
        samples = 0;
        return counts;
    }

    /// Forgets the run and the window that is open.
    void restart() {
        size = 0;
        samples = 0;
        window = NONE;
    }

    private void push() {
        for (int c = 0; c < rings.length; c++) {
            if (rings[c] == null && !Float.isNaN(open[c])) {
                rings[c] = new float[scale.depth];
                Arrays.fill(rings[c], Float.NaN);
            }
            if (rings[c] != null) {
                rings[c][next] = open[c];
            }
        }
        next = (next + 1) % scale.depth;
        size = Math.min(size + 1, scale.depth);
    }

    /// How many floors follow each other up to the last closed window.
    int size() {
        return size;
    }

    /// When the last closed window ended.
    double end() {
        return window * scale.seconds;
    }

    /// A floor; NaN where the channel is not known, or there are not so many floors.
    ///
    /// @param back 0 is the newest
    float at(Channel channel, int back) {
        float[] ring = rings[channel.ordinal()];
        return ring == null || back >= size ? Float.NaN : ring[Math.floorMod(next - 1 - back, scale.depth)];
    }

    /// By how much the channel's floor rose over the last `windows` floors.
    float rise(Channel channel, int windows) {
        return at(channel, 0) - at(channel, windows - 1);
    }
}
