package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.KEPT_10M;
import static io.fdsentry.detect.trend.Channel.KEPT_1D;
import static io.fdsentry.detect.trend.Channel.KEPT_1H;
import static io.fdsentry.detect.trend.Channel.UNUSED_10M;
import static io.fdsentry.detect.trend.Channel.VALUE;
import static io.fdsentry.detect.trend.Rules.ALL_ROOM;

import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.Level;
import io.fdsentry.detect.trend.Condition.Near;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.Rises;
import io.fdsentry.detect.trend.Condition.Share;
import io.fdsentry.detect.trend.Condition.UsedAll;
import java.util.List;

/// Kept, and either their use is unknown (files, threads) or nearly all are used (leaked connections that a protocol
/// pings for ever). Clients that stay look the same, so these rules ask for straight lines, for ground half as
/// high again as ever before, and for a limit in reach.
final class KeptRules {
    private static final Rises HALF = new Rises(.5, ALL_ROOM);
    private static final UsedAll USED = new UsedAll(UNUSED_10M, KEPT_10M);
    private static final NewGround GROUND = new NewGround(1.5, .65);

    static final List<Rule> ALL = List.of(
            Rule.of("kept 15m", KEPT_10M, Scale.M15, 10)
                    .when(
                            HALF,
                            new Even(.7, .35, 1),
                            new Share(KEPT_10M, VALUE, .8),
                            USED,
                            new Near(5),
                            new Level(.15),
                            GROUND),
            Rule.of("kept 30m", KEPT_10M, Scale.M30, 10)
                    .when(
                            HALF,
                            new Even(.7, .3, 1),
                            new Share(KEPT_10M, VALUE, .9),
                            USED,
                            new Near(16),
                            new Level(.05),
                            GROUND),
            Rule.of("kept 90m", KEPT_1H, Scale.M90, 9)
                    .when(
                            HALF,
                            new Even(.7, .35, 1),
                            new Share(KEPT_1H, VALUE, .9),
                            USED,
                            new Near(3),
                            new Level(.15),
                            GROUND),
            // Two days of what is a day old: whatever swings daily is gone from it.
            Rule.of("kept 6h", KEPT_1D, Scale.H6, 8)
                    .when(
                            new Rises(.4, ALL_ROOM),
                            new Even(.7, .3, 1),
                            new Near(5),
                            new Level(.2),
                            new NewGround(1.3, .65)));

    private KeptRules() {}
}
