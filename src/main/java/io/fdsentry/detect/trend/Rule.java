package io.fdsentry.detect.trend;

import java.util.List;

/// One way to tell that a series leaks: when the last `windows` floors of `channel` meet every condition.
///
/// @param name for evidence and tests, such as `unused 2m`
/// @param scale asked whenever a window of this scale closes
/// @param windows how many floors make the run
/// @param channel of what
/// @param conditions all must hold; the cheapest and most telling first
record Rule(String name, Scale scale, int windows, Channel channel, List<Condition> conditions) {
    private static final int LEAST_WINDOWS = 4;

    Rule {
        conditions = List.copyOf(conditions);
    }

    static Rule of(String name, Scale scale, int windows, Channel channel, Condition... conditions) {
        return new Rule(name, scale, windows, channel, List.of(conditions));
    }

    /// How many floors are enough to suspect: two thirds, and never fewer than four.
    int fewerWindows() {
        return Math.min(windows, Math.max(LEAST_WINDOWS, (2 * windows + 2) / 3));
    }

    /// Whether the floors say so.
    ///
    /// @param ease 1 to convict, above it to suspect
    boolean holds(Look look, double ease) {
        if (!look.turn(this, ease)) {
            return false;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(look)) {
                return false;
            }
        }
        return true;
    }
}
