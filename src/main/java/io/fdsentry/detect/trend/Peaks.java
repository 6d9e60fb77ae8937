package io.fdsentry.detect.trend;

import java.util.Arrays;

/// The highest value of each hour of the last eight days, for every channel: what was normal so far.
///
/// Eight days, so that the same hours of the week before are among them.
final class Peaks {
    static final double HOUR = 3600;
    static final int HOURS = 8 * 24;

    private static final Channel[] CHANNELS = Channel.values();
    private static final long NONE = Long.MIN_VALUE;

    private final float[][] rings = new float[CHANNELS.length][];
    private final float[] open = new float[CHANNELS.length];
    private final float[] inherited = new float[CHANNELS.length];
    private long hour = NONE;
    private long first = NONE;

    Peaks() {
        Arrays.fill(inherited, Float.NaN);
    }

    /// Adds a sample, by channel ordinal.
    void add(double at, float[] sample) {
        long now = (long) Math.floor(at / HOUR);
        if (now != hour) {
            close(now);
            Arrays.fill(open, Float.NaN);
        }
        for (int c = 0; c < open.length; c++) {
            if (!(sample[c] <= open[c]) && !Float.isNaN(sample[c])) {
                open[c] = sample[c];
            }
        }
    }

    private void close(long now) {
        if (hour == NONE) {
            first = now;
        } else {
            for (int c = 0; c < rings.length; c++) {
                push(c, now);
            }
        }
        hour = now;
    }

    private void push(int c, long now) {
        if (rings[c] == null && !Float.isNaN(open[c])) {
            rings[c] = new float[HOURS];
            Arrays.fill(rings[c], Float.NaN);
        }
        if (rings[c] != null) {
            rings[c][slot(hour)] = open[c];
            for (long missed = hour + 1; missed < Math.min(now, hour + 1 + HOURS); missed++) {
                rings[c][slot(missed)] = Float.NaN;
            }
        }
    }

    private static int slot(long hour) {
        return (int) Math.floorMod(hour, (long) HOURS);
    }

    /// What the target's earlier processes reached while nothing was suspected: history before the first sample,
    /// and forgotten like all that is older than eight days.
    void inherit(Channel channel, float peak) {
        inherited[channel.ordinal()] = peak;
    }

    /// The highest value in the hours that ended before `at`; NaN where fewer than `hours` of them are known.
    float before(Channel channel, double at, int hours) {
        float[] ring = rings[channel.ordinal()];
        long end = Math.min((long) Math.floor(at / HOUR), hour);
        float highest = hour - first < HOURS ? inherited[channel.ordinal()] : Float.NaN;
        int known = Float.isNaN(highest) ? 0 : HOURS;
        for (long h = end - 1; ring != null && h >= Math.max(first, hour - HOURS); h--) {
            float peak = ring[slot(h)];
            if (!Float.isNaN(peak)) {
                known++;
                highest = peak <= highest ? highest : peak;
            }
        }
        return known >= hours ? highest : Float.NaN;
    }

    /// The highest value of the oldest day kept; NaN while that day is less than `days` ago.
    float ofOldestDay(Channel channel, double at, double days) {
        long oldest = Math.max(first, hour - HOURS);
        if (hour == NONE || at / HOUR - oldest < 24 * days) {
            return Float.NaN;
        }
        return highestOf(channel, oldest, oldest + 24);
    }

    private float highestOf(Channel channel, long from, long to) {
        float[] ring = rings[channel.ordinal()];
        float highest = Float.NaN;
        for (long h = from; ring != null && h < to; h++) {
            float peak = ring[slot(h)];
            highest = !(peak <= highest) && !Float.isNaN(peak) ? peak : highest;
        }
        return highest;
    }
}
