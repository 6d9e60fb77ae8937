package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.KEPT_10M;
import static io.fdsentry.detect.trend.Channel.KEPT_1D;
import static io.fdsentry.detect.trend.Channel.KEPT_1H;
import static io.fdsentry.detect.trend.Channel.MOST_UNUSED_10M;
import static io.fdsentry.detect.trend.Channel.MOST_UNUSED_1H;
import static io.fdsentry.detect.trend.Channel.UNUSED_10M;
import static io.fdsentry.detect.trend.Channel.UNUSED_1D;
import static io.fdsentry.detect.trend.Channel.UNUSED_1H;
import static io.fdsentry.detect.trend.Rules.ALL_ROOM;
import static io.fdsentry.detect.trend.Rules.ANY_TIME;

import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.Near;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.Rises;
import io.fdsentry.detect.trend.Condition.RisesBy;
import io.fdsentry.detect.trend.Condition.Share;
import io.fdsentry.detect.trend.Condition.Times;
import java.util.List;

/// Kept and unused: the floor of the unused rises, that of the kept rises with it, and neither without the other.
/// In a leak all that stays is unused; people use some of what stays, and traffic does not stay.
///
/// On the way a first climb is forgiven up to a third or more of the limit, because an idle pool that is evicted
/// every few hours is a leak until it is evicted for the first time.
final class UnusedRules {
    /// Nine in ten of the unused are as old: they are not idle for a moment between two uses by the same owner.
    private static final double OLD = .9;

    /// One in seven may be used: the healthy part rises too when a leak begins in the morning.
    private static final double IDLE = .85;

    private static final Rises HALF = new Rises(.5, ALL_ROOM);
    private static final Rises MOST = new Rises(.4, ALL_ROOM);
    private static final Rises THIRD = new Rises(.3, ALL_ROOM);

    private static final Share OLD_10M = new Share(KEPT_10M, UNUSED_10M, OLD);
    private static final Share IDLE_10M = new Share(UNUSED_10M, KEPT_10M, IDLE);
    private static final Share OLD_MOST = new Share(KEPT_10M, MOST_UNUSED_10M, OLD);
    private static final Share IDLE_MOST = new Share(MOST_UNUSED_10M, KEPT_10M, IDLE);
    private static final Share OLD_1H = new Share(KEPT_1H, UNUSED_1H, OLD);
    private static final Share IDLE_1H = new Share(UNUSED_1H, KEPT_1H, IDLE);
    private static final Share OLD_1D = new Share(KEPT_1D, UNUSED_1D, OLD);
    private static final Share IDLE_1D = new Share(UNUSED_1D, KEPT_1D, IDLE);

    /// Three times any former peak after a night's worth of history: whatever the limit, traffic that is never
    /// used is not what it was.
    private static final Times THRICE = new Times(3, 8);

    /// Enough that a handful of forgotten shells is not thrice nothing.
    private static final RisesBy FIFTY = new RisesBy(50);

    static final List<Rule> ALL = List.of(
            Rule.of("unused 2m", UNUSED_10M, Scale.M2, 10)
                    .when(HALF, new Even(.5, .45, 1), IDLE_10M, OLD_10M, new Near(8), new NewGround(1.5, .6)),
            Rule.of("unused new 2m", UNUSED_10M, Scale.M2, 10)
                    .when(HALF, FIFTY, new Even(.5, .4, 1), new Share(UNUSED_10M, KEPT_10M, .97), OLD_10M, THRICE),
            Rule.of("unused 5m", UNUSED_10M, Scale.M5, 9)
                    .when(HALF, new Even(.5, .4, 1), IDLE_10M, OLD_10M, new Near(12), new NewGround(1.5, .6)),
            Rule.of("unused 15m", UNUSED_10M, Scale.M15, 10)
                    .when(MOST, new Even(.5, .4, 1), IDLE_10M, OLD_10M, new Near(10), new NewGround(1.5, .35)),
            Rule.of("unused most 15m", MOST_UNUSED_10M, Scale.M15, 10)
                    .when(MOST, new Even(.5, .4, 1), IDLE_MOST, OLD_MOST, new Near(10), new NewGround(1.5, .35)),
            Rule.of("unused new 15m", MOST_UNUSED_10M, Scale.M15, 10)
                    .when(
                            MOST,
                            FIFTY,
                            new Even(.85, .4, 1),
                            new Share(MOST_UNUSED_10M, KEPT_10M, .95),
                            OLD_MOST,
                            new Share(MOST_UNUSED_1H, KEPT_1H, .95),
                            THRICE),
            Rule.of("unused 90m", UNUSED_1H, Scale.M90, 9)
                    .when(MOST, new Even(.6, .4, 1), IDLE_1H, OLD_1H, new Near(12), new NewGround(2, .35)),
            Rule.of("unused 3h", UNUSED_1H, Scale.H3, 9)
                    .when(MOST, new Even(.7, .4, 1), IDLE_1H, OLD_1H, new Near(20), new NewGround(1.5, .15)),
            // Unused for a day: nights are no reason any more, so errors may come in bursts and the limit may be far.
            Rule.of("unused 6h", UNUSED_1D, Scale.H6, 8)
                    .when(THIRD, new Even(.5, .4, 3), IDLE_1D, OLD_1D, new Near(100), new NewGround(1.3, ANY_TIME)),
            Rule.of("unused 1d", UNUSED_1D, Scale.D1, 5)
                    .when(
                            THIRD,
                            new Even(.5, .5, 1),
                            new Share(UNUSED_1D, KEPT_1D, .7),
                            OLD_1D,
                            new Near(200),
                            new NewGround(1.05, ANY_TIME)));

    private UnusedRules() {}
}
