package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.KEPT_10M;
import static io.fdsentry.detect.trend.Channel.KEPT_1D;
import static io.fdsentry.detect.trend.Channel.KEPT_1H;
import static io.fdsentry.detect.trend.Channel.KEPT_1M;
import static io.fdsentry.detect.trend.Channel.UNUSED_10M;
import static io.fdsentry.detect.trend.Channel.UNUSED_1D;
import static io.fdsentry.detect.trend.Channel.VALUE;
import static io.fdsentry.detect.trend.Rules.ANY_TIME;

import io.fdsentry.detect.trend.Condition.AboveLastWeek;
import io.fdsentry.detect.trend.Condition.AboveOldestDay;
import io.fdsentry.detect.trend.Condition.Alike;
import io.fdsentry.detect.trend.Condition.Bounded;
import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.Level;
import io.fdsentry.detect.trend.Condition.Multiplies;
import io.fdsentry.detect.trend.Condition.Near;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.Rises;
import io.fdsentry.detect.trend.Condition.RisesByLimit;
import io.fdsentry.detect.trend.Condition.Share;
import io.fdsentry.detect.trend.Condition.Times;
import io.fdsentry.detect.trend.Condition.UseUnknown;
import io.fdsentry.detect.trend.Condition.UsedOnlyHigh;
import io.fdsentry.detect.trend.Condition.UsedOnlyNear;
import java.util.List;

/// The bare count: all there is of goroutines and threads, and the last resort of the rest. Held back where the
/// rise did not stay.
final class CountRules {
    private static final Rises THIRD = new Rises(.3, 1);
    private static final Share STAYED = new Share(KEPT_1H, VALUE, .85);

    /// No warm-up (it flattens), failover (it jumps) or daily ramp (it is less) is tenfold in a straight line.
    private static final Even STRAIGHT = new Even(.8, .25, 0);

    /// Within minutes traffic, the files of a job and a pool that opens look like a leak. Of goroutines, whose use is
    /// not known, there is nothing better.
    private static final UsedOnlyHigh USED_HIGH = new UsedOnlyHigh(UNUSED_10M, .8);

    private static final Alike ALIKE = new Alike(UNUSED_10M, KEPT_10M);

    private static final Multiplies TENFOLD = new Multiplies(10);
    private static final Near IN_REACH = new Near(40);
    private static final UseUnknown BLIND = new UseUnknown();

    /// After ten hours the morning's first climb is history.
    private static final Times HALF_AGAIN = new Times(1.5, 10);

    static final List<Rule> ALL = List.of(
            // Minutes: only a rise that is a good part of the limit, to where it never was, about to end in it.
            Rule.of("count 1m", VALUE, Scale.M1, 6)
                    .when(
                            new Rises(.15, 1),
                            new RisesByLimit(.12),
                            new Even(.5, .5, 1),
                            new Share(KEPT_1M, VALUE, .85),
                            new Near(3),
                            new Level(.45),
                            USED_HIGH,
                            new NewGround(1.3, .7)),
            Rule.of("count 2m", VALUE, Scale.M2, 10)
                    .when(
                            THIRD,
                            new Even(.5, .45, 1),
                            new Share(KEPT_10M, VALUE, .4),
                            new Near(5),
                            new Level(.3),
                            USED_HIGH,
                            new NewGround(1.2, .6)),
            Rule.of("count 15m", VALUE, Scale.M15, 10)
                    .when(
                            THIRD,
                            new Even(.5, .4, 1),
                            new Share(KEPT_10M, VALUE, .6),
                            ALIKE,
                            new Near(3),
                            new Level(.25),
                            new NewGround(1.05, .65)),
            Rule.of("count 90m", VALUE, Scale.M90, 9)
                    .when(THIRD, new Even(.6, .35, 1), STAYED, new Near(4), new Level(.15), new NewGround(1.05, .55)),
            // A day and a night: no daily ramp goes on through it; what fills for the first time may, far from its
            // limit.
            Rule.of("count 3h", VALUE, Scale.H3, 9)
                    .when(new Rises(.3, .1), new Even(.75, .4, 1), STAYED, new Near(16), new NewGround(1.05, .15)),
            Rule.of("steep 15m", VALUE, Scale.M15, 10)
                    .when(TENFOLD, STRAIGHT, new Share(KEPT_10M, VALUE, .6), BLIND, IN_REACH, HALF_AGAIN),
            Rule.of("steep 30m", VALUE, Scale.M30, 10)
                    .when(TENFOLD, STRAIGHT, new Share(KEPT_1H, VALUE, .3), BLIND, IN_REACH, HALF_AGAIN),
            Rule.of("steep 90m", VALUE, Scale.M90, 9)
                    .when(TENFOLD, STRAIGHT, STAYED, BLIND, IN_REACH, new NewGround(1.5, ANY_TIME)),
            brink("brink 1m", Scale.M1),
            brink("brink 5m", Scale.M5),
            brink("brink 30m", Scale.M30));

    /// Days and weeks: a leak far below the daily swing shows in the troughs only.
    static final List<Rule> SLOW = List.of(
            Rule.of("count 1d", VALUE, Scale.D1, 5)
                    .when(
                            new Rises(.25, .2),
                            new Even(.6, .6, 1),
                            new Share(KEPT_1D, VALUE, .8),
                            new Near(120),
                            new AboveOldestDay(1.05),
                            new UsedOnlyNear(UNUSED_1D, 20)),
            Rule.of("count week", VALUE, Scale.D1, 8)
                    .when(
                            new AboveLastWeek(.15),
                            new Share(KEPT_1D, VALUE, .6),
                            new Near(105),
                            new UsedOnlyNear(UNUSED_1D, 60)));

    private CountRules() {}

    /// Nearly out of room, still rising, never been there: waiting for more proof costs the outage.
    private static Rule brink(String name, Scale scale) {
        return Rule.of(name, VALUE, scale, 4)
                .when(new Bounded(), new Level(.85), new Rises(.02, 1), new Even(.3, .7, 0), new NewGround(1.2, .85));
    }
}
