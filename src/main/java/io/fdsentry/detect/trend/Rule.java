package io.fdsentry.detect.trend;

import java.util.List;

/// One way to tell that a series leaks: when the last `windows` floors of `channel` meet every condition.
///
/// @param name for evidence and tests, such as `unused 2m`
/// @param channel of what
/// @param scale asked whenever a window of this scale closes
/// @param windows how many floors make the run
/// @param conditions all must hold; the cheapest and most telling first
record Rule(String name, Channel channel, Scale scale, int windows, List<Condition> conditions) {
    private static final int LEAST_WINDOWS = 4;

    Rule {
        conditions = List.copyOf(conditions);
    }

    /// What a rule looks at; [#when] says for what.
    static Rule of(String name, Channel channel, Scale scale, int windows) {
        return new Rule(name, channel, scale, windows, List.of());
    }

    /// This rule with these conditions.
    Rule when(Condition... all) {
        return new Rule(name, channel, scale, windows, List.of(all));
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
