package io.fdsentry.detect.trend;

/// What a rule found.
///
/// @param rule which rule
/// @param at when its last window closed
/// @param first the floor the rise began from
/// @param last the floor it has reached
record Evidence(Rule rule, double at, float first, float last) {
    /// How long the run took.
    double seconds() {
        return rule.scale().seconds * rule.windows();
    }
}
