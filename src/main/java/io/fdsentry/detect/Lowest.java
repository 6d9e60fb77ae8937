package io.fdsentry.detect;

import java.util.Arrays;

/// The lowest value of a sliding time, to a tenth of it: of handles without an identity, no more than this can have
/// been there all the time.
final class Lowest {
    private static final int PARTS = 10;

    private final double seconds;
    private final double[] lowest = new double[PARTS + 1];
    private long part = Long.MIN_VALUE;

    /// @param seconds how long
    Lowest(double seconds) {
        this.seconds = seconds;
    }

    /// Adds a value, and says what the lowest of the time up to now is; 0 until there is so much of it.
    double add(double at, double value) {
        long now = (long) Math.floor(at / seconds * PARTS);
        if (part == Long.MIN_VALUE || now < part || now - part > PARTS) {
            Arrays.fill(lowest, 0);
        } else {
            for (long next = part + 1; next <= now; next++) {
                lowest[slot(next)] = value;
            }
        }
        part = now;
        lowest[slot(now)] = Math.min(lowest[slot(now)], value);
        double least = lowest[0];
        for (double each : lowest) {
            least = Math.min(least, each);
        }
        return least;
    }

    private static int slot(long part) {
        return (int) Math.floorMod(part, (long) PARTS + 1);
    }
}
