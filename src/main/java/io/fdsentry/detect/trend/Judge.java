package io.fdsentry.detect.trend;

import io.fdsentry.model.LeakState;

/// The verdict as a state machine; knows no statistics.
///
/// | from | to | when |
/// |---|---|---|
/// | none | suspected | something is suspicious |
/// | none, suspected | confirmed | something is proven |
/// | confirmed | urgent | the limit is nearer than `page_before` |
/// | urgent | confirmed | the limit is one and a half times as far again, and stays so for `page_before` |
/// | any | none | the floor came back, or the rise has ended |
final class Judge {
    /// How much farther than `page_before` the limit has to move before urgency ends.
    static final double FAR = 1.5;

    private LeakState state = LeakState.NONE;
    private double farSince = Double.NaN;

    LeakState state() {
        return state;
    }

    /// Something is suspicious.
    void suspect() {
        if (state == LeakState.NONE) {
            state = LeakState.SUSPECTED;
        }
    }

    /// Something is proven.
    void convict() {
        if (state.compareTo(LeakState.CONFIRMED) < 0) {
            state = LeakState.CONFIRMED;
        }
    }

    /// It is over.
    void acquit() {
        state = LeakState.NONE;
    }

    /// How near the limit is; without effect on what is not confirmed. A night without work moves it away, and the
    /// morning would bring it back: that is one urgency, not two.
    ///
    /// @param at now, in seconds
    /// @param seconds until the limit, infinite when it is not in sight
    /// @param pageBefore seconds
    void weigh(double at, double seconds, double pageBefore) {
        boolean far = seconds > FAR * pageBefore;
        farSince = !far ? Double.NaN : Double.isNaN(farSince) ? at : farSince;
        if (state == LeakState.CONFIRMED && seconds < pageBefore) {
            state = LeakState.URGENT;
        } else if (state == LeakState.URGENT && at - farSince >= pageBefore) {
            state = LeakState.CONFIRMED;
        }
    }
}
