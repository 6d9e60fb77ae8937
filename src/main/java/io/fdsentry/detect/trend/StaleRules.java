package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.KEPT_10M;
import static io.fdsentry.detect.trend.Channel.STUCK;
import static io.fdsentry.detect.trend.Channel.UNUSED_10M;
import static io.fdsentry.detect.trend.Rules.ALL_ROOM;
import static io.fdsentry.detect.trend.Rules.ANY_TIME;

import io.fdsentry.detect.trend.Condition.CountToo;
import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.Reaches;
import io.fdsentry.detect.trend.Condition.Rises;
import io.fdsentry.detect.trend.Condition.RisesBy;
import io.fdsentry.detect.trend.Condition.Share;
import io.fdsentry.detect.trend.Condition.Stairs;
import io.fdsentry.detect.trend.Condition.StaleToo;
import java.util.List;

/// With what a live monitor knows exactly: the rise began long enough ago that its first handles are stale, every
/// window since brought more, none was used, none was closed, and they came on top of what was there. That convicts
/// without history and at any distance from the limit; histories from a file do not have it.
final class StaleRules {
    /// Not a stray one or two.
    private static final StaleToo STALE = new StaleToo(5);

    /// A pool that is closed from the other end becomes stuck without growing.
    private static final CountToo GROWING = new CountToo(.7);

    private static final Rises HALF = new Rises(.5, ALL_ROOM);
    private static final RisesBy FIFTY = new RisesBy(50);
    private static final Reaches FIFTY_STUCK = new Reaches(50);
    private static final Share IDLE = new Share(UNUSED_10M, KEPT_10M, .9);
    private static final Share OLD = new Share(KEPT_10M, UNUSED_10M, .9);
    private static final NewGround NEW = new NewGround(1.5, ANY_TIME);

    static final List<Rule> ALL = List.of(
            // The stuck time is five minutes: after it, five windows have closed.
            Rule.of("stale stuck 1m", STUCK, Scale.M1, 5)
                    .when(FIFTY_STUCK, HALF, STALE, GROWING, new Even(.5, .4, 0), NEW),
            Rule.of("stale stuck 5m", STUCK, Scale.M5, 5)
                    .when(FIFTY_STUCK, HALF, STALE, GROWING, new Even(.5, .4, 0), NEW),
            // Three times more came, with pauses: no pool is closed in thirds.
            Rule.of("stale stairs", STUCK, Scale.M15, 10).when(FIFTY_STUCK, HALF, STALE, GROWING, new Stairs(3), NEW),
            // The idle time is half an hour: ten minutes until the first are unused, the rest of it for the rise.
            Rule.of("stale 1m", UNUSED_10M, Scale.M1, 10)
                    .when(HALF, FIFTY, STALE, GROWING, IDLE, OLD, new Even(.5, .4, 0), NEW),
            Rule.of("stale 2m", UNUSED_10M, Scale.M2, 8)
                    .when(HALF, FIFTY, STALE, GROWING, IDLE, OLD, new Even(.5, .4, 0), NEW),
            Rule.of("stale 5m", UNUSED_10M, Scale.M5, 5)
                    .when(HALF, FIFTY, STALE, GROWING, IDLE, OLD, new Even(.5, .4, 0), NEW),
            Rule.of("stale 15m", UNUSED_10M, Scale.M15, 6)
                    .when(HALF, FIFTY, STALE, GROWING, IDLE, OLD, new Even(.5, .4, 0), NEW),
            Rule.of("stale 90m", UNUSED_10M, Scale.M90, 6)
                    .when(HALF, FIFTY, STALE, GROWING, IDLE, OLD, new Even(.5, .4, 1), NEW));

    private StaleRules() {}
}
