package io.fdsentry.detect.trend;

/// The shape of the last floors of one channel: how far they rose, how evenly, and whether they ever came back.
/// Filled anew for each rule; nobody keeps it.
final class Run {
    /// A step below this share of the mean step is level.
    private static final float LEVEL_STEP = .1f;

    private final float[] floors = new float[16];
    private int length;
    private float steepest;
    private float deepest;
    private int level;
    private boolean measured;

    /// Looks at the last `windows` floors.
    ///
    /// @return whether there are that many and all are known
    boolean read(Floors from, Channel channel, int windows) {
        if (from.size() < windows) {
            return false;
        }
        length = windows;
        for (int i = 0; i < windows; i++) {
            floors[i] = from.at(channel, windows - 1 - i);
            if (Float.isNaN(floors[i])) {
                return false;
            }
        }
        measured = false;
        return true;
    }

    /// Most runs are found too flat before anybody asks for their steps.
    private void measure() {
        if (measured) {
            return;
        }
        measured = true;
        float mean = rise() / (length - 1);
        steepest = Float.NEGATIVE_INFINITY;
        deepest = Float.POSITIVE_INFINITY;
        level = 0;
        for (int i = 1; i < length; i++) {
            float step = floors[i] - floors[i - 1];
            steepest = Math.max(steepest, step);
            deepest = Math.min(deepest, step);
            level += step <= LEVEL_STEP * mean ? 1 : 0;
        }
    }

    float first() {
        return floors[0];
    }

    float last() {
        return floors[length - 1];
    }

    float rise() {
        return last() - first();
    }

    /// Steps between floors, one less than windows.
    int steps() {
        return length - 1;
    }

    /// The largest single step, as a share of the rise.
    float steepest() {
        measure();
        return steepest / rise();
    }

    /// The deepest fall from one floor to the next, in mean steps; 0 when none fell.
    float deepestFall() {
        measure();
        return Math.max(0, -deepest / (rise() / steps()));
    }

    /// How many steps are level or fall.
    int level() {
        measure();
        return level;
    }

    /// The rise of the second half over that of the first; infinite when only the second rose.
    float secondHalf() {
        int half = (length - 1) / 2;
        float early = floors[half] - floors[0];
        float late = floors[length - 1] - floors[length - 1 - half];
        return early <= 0 ? Float.POSITIVE_INFINITY : late / early;
    }

    /// How many climbs there are with a level stretch between them, each at least `share` of the rise; 0 when the
    /// floors ever came back by more than a tenth of it.
    int climbs(float share) {
        int climbs = 0;
        float climbed = 0;
        float highest = floors[0];
        for (int i = 1; i < length; i++) {
            if (floors[i] < highest - rise() / 10) {
                return 0;
            }
            highest = Math.max(highest, floors[i]);
            boolean climbing = floors[i] - floors[i - 1] > rise() / 50;
            if (!climbing) {
                climbs += climbed >= share * rise() ? 1 : 0;
            }
            climbed = climbing ? climbed + floors[i] - floors[i - 1] : 0;
        }
        return climbs + (climbed >= share * rise() ? 1 : 0);
    }

    /// The lowest of the newest floors.
    float lowest(int newest) {
        float lowest = last();
        for (int i = length - newest; i < length; i++) {
            lowest = Math.min(lowest, floors[i]);
        }
        return lowest;
    }
}
