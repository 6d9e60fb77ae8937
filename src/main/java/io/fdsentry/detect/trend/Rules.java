package io.fdsentry.detect.trend;

import static io.fdsentry.detect.trend.Channel.KEPT_10M;
import static io.fdsentry.detect.trend.Channel.KEPT_1D;
import static io.fdsentry.detect.trend.Channel.KEPT_1H;
import static io.fdsentry.detect.trend.Channel.KEPT_1M;
import static io.fdsentry.detect.trend.Channel.MOST_UNUSED_10M;
import static io.fdsentry.detect.trend.Channel.MOST_UNUSED_1H;
import static io.fdsentry.detect.trend.Channel.STUCK;
import static io.fdsentry.detect.trend.Channel.UNUSED_10M;
import static io.fdsentry.detect.trend.Channel.UNUSED_1D;
import static io.fdsentry.detect.trend.Channel.UNUSED_1H;
import static io.fdsentry.detect.trend.Channel.VALUE;
import static io.fdsentry.detect.trend.Scale.D1;
import static io.fdsentry.detect.trend.Scale.H3;
import static io.fdsentry.detect.trend.Scale.H6;
import static io.fdsentry.detect.trend.Scale.M1;
import static io.fdsentry.detect.trend.Scale.M15;
import static io.fdsentry.detect.trend.Scale.M2;
import static io.fdsentry.detect.trend.Scale.M30;
import static io.fdsentry.detect.trend.Scale.M5;
import static io.fdsentry.detect.trend.Scale.M90;

import io.fdsentry.detect.trend.Condition.AboveLastWeek;
import io.fdsentry.detect.trend.Condition.AboveOldestDay;
import io.fdsentry.detect.trend.Condition.Alike;
import io.fdsentry.detect.trend.Condition.Even;
import io.fdsentry.detect.trend.Condition.Level;
import io.fdsentry.detect.trend.Condition.Multiplies;
import io.fdsentry.detect.trend.Condition.Near;
import io.fdsentry.detect.trend.Condition.NewGround;
import io.fdsentry.detect.trend.Condition.Reaches;
import io.fdsentry.detect.trend.Condition.Rises;
import io.fdsentry.detect.trend.Condition.RisesBy;
import io.fdsentry.detect.trend.Condition.RisesByLimit;
import io.fdsentry.detect.trend.Condition.Share;
import io.fdsentry.detect.trend.Condition.Stairs;
import io.fdsentry.detect.trend.Condition.Stands;
import io.fdsentry.detect.trend.Condition.Times;
import io.fdsentry.detect.trend.Condition.UseUnknown;
import io.fdsentry.detect.trend.Condition.UsedOnlyNear;
import java.util.List;
import java.util.stream.Stream;

/// Every rule, by family. The stronger the evidence, the sooner it convicts and the less it asks of the limit:
/// stuck
/// handles convict by their state, unused ones by age and idleness, kept ones by age alone, a bare count only when
/// it
/// goes on for long, towards a near limit.
///
/// What the numbers mean is with each [Condition]; why they are what they are is in `docs/detection.md`.
final class Rules {
    private static final double ALL_ROOM = Double.POSITIVE_INFINITY;
    private static final double ANY_TIME = 0;
    private static final double WAIT = 2;

    static final List<Rule> ALL = Stream.of(stuck(), unused(), kept(), count(), steep(), brink(), slow())
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /// CLOSE_WAIT, and dead but held: healthy programs keep few, so the state says it. Growth convicts, and a floor
    /// that stands on ground never seen; a level without history does not: idle client pools keep their dead.
    private static List<Rule> stuck() {
        Rises plainly = new Rises(.4, ALL_ROOM);
        Reaches hundred = new Reaches(100);
        return List.of(
                Rule.of(
                        "stuck 1m",
                        M1,
                        6,
                        STUCK,
                        hundred,
                        plainly,
                        new Even(.5, .4, 0),
                        new Near(40),
                        new NewGround(2, .3)),
                Rule.of(
                        "stuck 2m",
                        M2,
                        6,
                        STUCK,
                        hundred,
                        plainly,
                        new Even(.5, .4, 0),
                        new Near(30),
                        new NewGround(1.3, .5)),
                Rule.of("stuck 15m", M15, 8, STUCK, hundred, plainly, new Even(.5, .35, 1), new NewGround(1.3, WAIT)),
                Rule.of(
                        "stuck 90m",
                        M90,
                        7,
                        STUCK,
                        hundred,
                        plainly,
                        new Even(.5, .35, 2),
                        new NewGround(1.3, ANY_TIME)),
                Rule.of(
                        "stuck stairs",
                        H3,
                        12,
                        STUCK,
                        hundred,
                        new Rises(.3, ALL_ROOM),
                        new Stairs(2),
                        new NewGround(1.2, ANY_TIME)),
                Rule.of("stuck step", M15, 4, STUCK, new Stands(250, 2), new NewGround(2, WAIT)));
    }

    /// Kept and unused: the floor of the idle rises, the floor of the kept rises with it, and neither without the
    /// other.
    private static List<Rule> unused() {
        Share old = new Share(KEPT_10M, UNUSED_10M, .9);
        Share idle = new Share(UNUSED_10M, KEPT_10M, .85);
        Share hourOld = new Share(KEPT_1H, UNUSED_1H, .9);
        Share hourIdle = new Share(UNUSED_1H, KEPT_1H, .85);
        Share dayOld = new Share(KEPT_1D, UNUSED_1D, .9);
        Rises half = new Rises(.5, ALL_ROOM);
        Rises most = new Rises(.4, ALL_ROOM);
        Rises third = new Rises(.3, ALL_ROOM);
        return List.of(
                Rule.of(
                        "unused 2m",
                        M2,
                        10,
                        UNUSED_10M,
                        half,
                        new Even(.5, .45, 1),
                        idle,
                        old,
                        new Near(8),
                        new NewGround(1.5, .6)),
                Rule.of(
                        "unused new 2m",
                        M2,
                        10,
                        UNUSED_10M,
                        half,
                        new RisesBy(50),
                        new Even(.5, .4, 1),
                        new Share(UNUSED_10M, KEPT_10M, .97),
                        old,
                        new Times(3, 8)),
                Rule.of(
                        "unused 5m",
                        M5,
                        9,
                        UNUSED_10M,
                        half,
                        new Even(.5, .4, 1),
                        idle,
                        old,
                        new Near(12),
                        new NewGround(1.5, .6)),
                Rule.of(
                        "unused 15m",
                        M15,
                        10,
                        UNUSED_10M,
                        most,
                        new Even(.5, .4, 1),
                        idle,
                        old,
                        new Near(10),
                        new NewGround(1.5, .35)),
                Rule.of(
                        "unused most 15m",
                        M15,
                        10,
                        MOST_UNUSED_10M,
                        most,
                        new Even(.5, .4, 1),
                        new Share(MOST_UNUSED_10M, KEPT_10M, .85),
                        new Share(KEPT_10M, MOST_UNUSED_10M, .9),
                        new Near(10),
                        new NewGround(1.5, .35)),
                Rule.of(
                        "unused new 15m",
                        M15,
                        10,
                        MOST_UNUSED_10M,
                        most,
                        new RisesBy(50),
                        new Even(.5, .4, 1),
                        new Share(MOST_UNUSED_10M, KEPT_10M, .95),
                        new Share(KEPT_10M, MOST_UNUSED_10M, .9),
                        new Share(MOST_UNUSED_1H, KEPT_1H, .9),
                        new Times(3, 8)),
                Rule.of(
                        "unused 90m",
                        M90,
                        9,
                        UNUSED_1H,
                        most,
                        new Even(.6, .4, 1),
                        hourIdle,
                        hourOld,
                        new Near(12),
                        new NewGround(1.5, .35)),
                Rule.of(
                        "unused 3h",
                        H3,
                        9,
                        UNUSED_1H,
                        most,
                        new Even(.6, .4, 1),
                        hourIdle,
                        hourOld,
                        new Near(20),
                        new NewGround(1.5, .15)),
                Rule.of(
                        "unused 6h",
                        H6,
                        8,
                        UNUSED_1D,
                        third,
                        new Even(.5, .4, 3),
                        new Share(UNUSED_1D, KEPT_1D, .85),
                        dayOld,
                        new Near(100),
                        new NewGround(1.3, ANY_TIME)),
                Rule.of(
                        "unused 1d",
                        D1,
                        5,
                        UNUSED_1D,
                        third,
                        new Even(.5, .5, 1),
                        new Share(UNUSED_1D, KEPT_1D, .7),
                        dayOld,
                        new Near(200),
                        new NewGround(1.05, ANY_TIME)));
    }

    /// Kept, and their use unknown (files, threads) or all alike (leaked connections that a protocol pings for
    /// ever).
    private static List<Rule> kept() {
        Rises half = new Rises(.5, ALL_ROOM);
        Alike alike = new Alike(UNUSED_10M, KEPT_10M);
        return List.of(
                Rule.of(
                        "kept 15m",
                        M15,
                        10,
                        KEPT_10M,
                        half,
                        new Even(.7, .35, 1),
                        new Share(KEPT_10M, VALUE, .8),
                        alike,
                        new Near(5),
                        new Level(.15),
                        new NewGround(1.5, .65)),
                Rule.of(
                        "kept 30m",
                        M30,
                        10,
                        KEPT_10M,
                        half,
                        new Even(.7, .3, 1),
                        new Share(KEPT_10M, VALUE, .9),
                        alike,
                        new Near(16),
                        new Level(.05),
                        new NewGround(1.5, .65)),
                Rule.of(
                        "kept 90m",
                        M90,
                        9,
                        KEPT_1H,
                        half,
                        new Even(.7, .35, 1),
                        new Share(KEPT_1H, VALUE, .9),
                        alike,
                        new Near(3),
                        new Level(.15),
                        new NewGround(1.5, .65)),
                Rule.of(
                        "kept 6h",
                        H6,
                        8,
                        KEPT_1D,
                        new Rises(.4, ALL_ROOM),
                        new Even(.7, .3, 1),
                        new Near(5),
                        new Level(.2),
                        new NewGround(1.3, .65)));
    }

    /// The bare count, held back where the rise did not stay.
    private static List<Rule> count() {
        Rises third = new Rises(.3, 1);
        return List.of(
                Rule.of(
                        "count 1m",
                        M1,
                        6,
                        VALUE,
                        new Rises(.15, 1),
                        new RisesByLimit(.12),
                        new Even(.5, .5, 1),
                        new Share(KEPT_1M, VALUE, .85),
                        new Near(3),
                        new Level(.45),
                        new NewGround(1.3, .7)),
                Rule.of(
                        "count 2m",
                        M2,
                        10,
                        VALUE,
                        third,
                        new Even(.5, .45, 1),
                        new Share(KEPT_10M, VALUE, .4),
                        new Near(5),
                        new Level(.3),
                        new NewGround(1.2, .6)),
                Rule.of(
                        "count 15m",
                        M15,
                        10,
                        VALUE,
                        third,
                        new Even(.5, .4, 1),
                        new Share(KEPT_10M, VALUE, .6),
                        new Near(3),
                        new Level(.25),
                        new NewGround(1.05, .65)),
                Rule.of(
                        "count 90m",
                        M90,
                        9,
                        VALUE,
                        third,
                        new Even(.6, .35, 1),
                        new Share(KEPT_1H, VALUE, .85),
                        new Near(4),
                        new Level(.15),
                        new NewGround(1.05, .55)),
                Rule.of(
                        "count 3h",
                        H3,
                        9,
                        VALUE,
                        new Rises(.3, .1),
                        new Even(.75, .4, 1),
                        new Share(KEPT_1H, VALUE, .85),
                        new Near(20),
                        new NewGround(1.05, ANY_TIME)));
    }

    /// Tenfold, in a straight line, on ground never seen: no warm-up, ramp or failover is that.
    private static List<Rule> steep() {
        Rises third = new Rises(.3, ALL_ROOM);
        Even straight = new Even(.8, .25, 0);
        Multiplies tenfold = new Multiplies(10);
        Near reach = new Near(40);
        UseUnknown blind = new UseUnknown();
        return List.of(
                Rule.of(
                        "steep 15m",
                        M15,
                        10,
                        VALUE,
                        third,
                        tenfold,
                        straight,
                        new Share(KEPT_10M, VALUE, .6),
                        blind,
                        reach,
                        new Times(1.5, 10)),
                Rule.of(
                        "steep 30m",
                        M30,
                        10,
                        VALUE,
                        third,
                        tenfold,
                        straight,
                        new Share(KEPT_1H, VALUE, .3),
                        blind,
                        reach,
                        new Times(1.5, 10)),
                Rule.of(
                        "steep 90m",
                        M90,
                        9,
                        VALUE,
                        third,
                        tenfold,
                        straight,
                        new Share(KEPT_1H, VALUE, .85),
                        blind,
                        reach,
                        new NewGround(1.5, ANY_TIME)));
    }

    /// Nearly out of room, still rising, never been there: waiting for more proof costs the outage.
    private static List<Rule> brink() {
        return Stream.of(M1, M5, M30)
                .map(scale -> Rule.of(
                        "brink " + scale.name().toLowerCase(java.util.Locale.ROOT),
                        scale,
                        4,
                        VALUE,
                        new Level(.85),
                        new Rises(.02, 1),
                        new Even(.3, .7, 0),
                        new NewGround(1.2, .85)))
                .toList();
    }

    /// Days and weeks: a leak far below the daily swing shows in the troughs only.
    private static List<Rule> slow() {
        return List.of(
                Rule.of(
                        "count 1d",
                        D1,
                        5,
                        VALUE,
                        new Rises(.25, .2),
                        new Even(.6, .6, 1),
                        new Share(KEPT_1D, VALUE, .8),
                        new Near(120),
                        new AboveOldestDay(1.05),
                        new UsedOnlyNear(UNUSED_1D, 20)),
                Rule.of(
                        "count week",
                        D1,
                        8,
                        VALUE,
                        new AboveLastWeek(.15),
                        new Share(KEPT_1D, VALUE, .6),
                        new Near(105),
                        new UsedOnlyNear(UNUSED_1D, 60)));
    }
}
