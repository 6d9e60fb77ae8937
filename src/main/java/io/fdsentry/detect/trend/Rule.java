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
    Rule {
        conditions = List.copyOf(conditions);
    }

    static Rule of(String name, Scale scale, int windows, Channel channel, Condition... conditions) {
        return new Rule(name, scale, windows, channel, List.of(conditions));
    }

    /// Whether the floors say so.
    ///
    /// @param ease 1 to convict, above it to suspect
    boolean holds(Look look, double ease) {
        if (!look.turn(this, ease)) {
            return false;
        }
        for (Condition condition : conditions) {
            if (!condition.holds(look)) {
                return false;
            }
        }
        return true;
    }
}
