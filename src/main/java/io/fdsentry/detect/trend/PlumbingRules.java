package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.PLUMBING;
import static io.fdsentry.detect.trend.Channel.VALUE;
import static io.fdsentry.detect.trend.Rules.ANY_TIME;

import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.Multiplies;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.RisesBy;
import io.fdsentry.detect.trend.Condition.Share;
import java.util.List;

/// Pipes, epolls, eventfds: no cache fills with them. Where they double in a straight line for an hour, and it is they
/// that make the rise (a proxy that splices has as many sockets more), they are not given back. Only a live monitor
/// knows the kinds.
final class PlumbingRules {
    private static final RisesBy HUNDRED = new RisesBy(100);
    private static final Multiplies DOUBLE = new Multiplies(2);
    private static final Share ALONE = new Share(PLUMBING, VALUE, .6);
    private static final Even STRAIGHT = new Even(.7, .3, 0);
    private static final NewGround NEW = new NewGround(1.5, ANY_TIME);

    static final List<Rule> ALL = List.of(
            Rule.of("plumbing 5m", PLUMBING, Scale.M5, 10).when(HUNDRED, DOUBLE, ALONE, STRAIGHT, NEW),
            Rule.of("plumbing 15m", PLUMBING, Scale.M15, 10).when(HUNDRED, DOUBLE, ALONE, STRAIGHT, NEW),
            Rule.of("plumbing 90m", PLUMBING, Scale.M90, 9).when(HUNDRED, DOUBLE, ALONE, STRAIGHT, NEW));

    private PlumbingRules() {}
}
