package io.fdsentry.detect.trend;

/// Where a rise began, and whether the floor has come back since: the hysteresis of a verdict.
///
/// The floor has come back when two windows in a row, of the scale that convicted, are below half of the rise. A
/// rise that reaches no new height for three days (a weekend), or four lengths of its run where that is longer,
/// has ended: the level stays visible, the verdict does not.
final class Anchor {
    static final float BACK = .5f;
    static final int WINDOWS = 2;
    static final double ENDED = 3 * 86400;
    static final double RUNS = 4;
    /// A new height is that much of the rise above the last.
    static final float HIGHER = .02f;

    final Evidence evidence;
    private final float base;
    private float highest;
    private double highestAt;
    private int below;

    Anchor(Evidence evidence) {
        this.evidence = evidence;
        base = evidence.first();
        highest = evidence.last();
        highestAt = evidence.at();
    }

    Channel channel() {
        return evidence.rule().channel();
    }

    Scale scale() {
        return evidence.rule().scale();
    }

    /// Takes in the windows that closed at `at`.
    void follow(double at, Trend trend) {
        if (!trend.closed(scale())) {
            return;
        }
        float floor = trend.floors(scale()).at(evidence.rule().channel(), 0);
        if (floor > highest + HIGHER * (highest - base)) {
            highest = floor;
            highestAt = at;
        }
        below = floor < base + BACK * (highest - base) ? below + 1 : 0;
    }

    /// Fresh evidence: the rise goes on.
    void renew(double at) {
        highestAt = at;
    }

    boolean cameBack() {
        return below >= WINDOWS;
    }

    boolean ended(double at) {
        return at - highestAt > Math.max(ENDED, RUNS * evidence.seconds());
    }

    /// When the run that gave the evidence began.
    double since() {
        return evidence.at() - evidence.seconds();
    }
}
