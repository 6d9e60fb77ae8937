package io.fdsentry.detect.trend;

import java.util.List;
import java.util.stream.Stream;

/// Every rule, by family. The stronger the evidence, the sooner it convicts and the less it asks of the limit:
/// stuck handles convict by their state, unused ones by age and idleness, kept ones by age alone, a bare count
/// only when it goes on for long, towards a near limit.
///
/// What a number means is with its [Condition]; what the families are for, in `docs/detection.md`.
final class Rules {
    /// A share of the first floor is asked for, however little room is left.
    static final double ALL_ROOM = Double.POSITIVE_INFINITY;

    /// For [Condition.NewGround] without history: at any share of the limit.
    static final double ANY_TIME = 0;

    /// For [Condition.NewGround] without history: not before there is some.
    static final double WAIT = 2;

    static final List<Rule> ALL = Stream.of(
                    StuckRules.ALL,
                    StaleRules.ALL,
                    UnusedRules.ALL,
                    PlumbingRules.ALL,
                    KeptRules.ALL,
                    CountRules.ALL,
                    CountRules.SLOW)
            .flatMap(List::stream)
            .toList();

    private Rules() {}
}
