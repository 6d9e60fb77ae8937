package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.STUCK;
import static io.fdsentry.detect.trend.Rules.ALL_ROOM;
import static io.fdsentry.detect.trend.Rules.ANY_TIME;
import static io.fdsentry.detect.trend.Rules.WAIT;

import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.Near;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.Reaches;
import io.fdsentry.detect.trend.Condition.Rises;
import io.fdsentry.detect.trend.Condition.Stairs;
import io.fdsentry.detect.trend.Condition.Stands;
import java.util.List;

/// CLOSE_WAIT, and dead but held: healthy programs keep few, so the state says it. Growth convicts, and a floor
/// that stands on ground never seen; a level without history does not: idle client pools keep their dead.
final class StuckRules {
    /// More than the pools of common clients keep (urllib3 10, Hikari 10, Go 100), less than a leak is after hours.
    private static final Reaches HUNDRED = new Reaches(100);

    private static final Rises PLAINLY = new Rises(.4, ALL_ROOM);

    static final List<Rule> ALL = List.of(
            // Requests hang: six minutes without a pause, towards a limit that is minutes or hours away. A stall of a
            // database is over sooner; a first one of a young process has to be a good part of the limit.
            Rule.of("stuck 1m", STUCK, Scale.M1, 6)
                    .when(HUNDRED, PLAINLY, new Even(.5, .4, 0), new Near(40), new NewGround(2, .3)),
            Rule.of("stuck 2m", STUCK, Scale.M2, 6)
                    .when(HUNDRED, PLAINLY, new Even(.5, .4, 0), new Near(30), new NewGround(1.3, .5)),
            // A drip, at any distance from the limit. Without history half a day of it: idle pools are evicted sooner.
            Rule.of("stuck 15m", STUCK, Scale.M15, 8)
                    .when(HUNDRED, PLAINLY, new Even(.5, .35, 1), new NewGround(1.3, WAIT)),
            Rule.of("stuck 90m", STUCK, Scale.M90, 7)
                    .when(HUNDRED, PLAINLY, new Even(.5, .35, 2), new NewGround(1.3, ANY_TIME)),
            // Backends retired from one dawn to the next: thirty-six hours hold two dawns.
            Rule.of("stuck stairs", STUCK, Scale.H3, 12)
                    .when(HUNDRED, new Rises(.3, ALL_ROOM), new Stairs(2), new NewGround(1.2, ANY_TIME)),
            // More than any pool of a client is left with, for half an hour, where there was never half of it.
            Rule.of("stuck step", STUCK, Scale.M15, 4).when(new Stands(250, 2), new NewGround(2, WAIT)));

    private StuckRules() {}
}
