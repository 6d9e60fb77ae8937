package io.fdsentry.detect.trend;

/// One thing that must be so before floors convict. Each is true or false of a [Look]; [Look#ease] above 1 asks for
/// less, which is enough for suspicion.
sealed interface Condition {
    boolean holds(Look look);

    /// Larger than chance: 8, and twice the square root of the first floor (arrivals are about Poisson); and a
    /// share of the first floor, or of the room that is left when that is smaller.
    record Rises(double share, double ofRoom) implements Condition {
        static final double LEAST = 8;
        static final double DEVIATIONS = 2;

        @Override
        public boolean holds(Look look) {
            double first = look.run.first();
            double least = Math.max(LEAST, DEVIATIONS * Math.sqrt(Math.max(first, 1)));
            double part = Math.min(share * first, ofRoom * (look.limit() - first));
            return look.run.rise() >= Math.max(least, part);
        }
    }

    /// At least so many more.
    record RisesBy(double count) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.run.rise() >= count / look.ease();
        }
    }

    /// At least this share of the limit more.
    record RisesByLimit(double share) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.run.rise() >= share * look.limit() / look.ease();
        }
    }

    /// A leak drips: no floor falls back by more than a quarter of the mean step, no single step is a large share
    /// of the rise (a deploy, a failover), few are level, and the second half rises as the first (a warm-up
    /// flattens out).
    ///
    /// @param secondHalf least rise of the second half over that of the first
    /// @param steepest largest single step as a share of the rise
    /// @param level how many steps may be level
    record Even(double secondHalf, double steepest, int level) implements Condition {
        static final double FALL = .25;

        @Override
        public boolean holds(Look look) {
            Run run = look.run;
            return run.rise() > 0
                    && run.deepestFall() <= FALL
                    && run.level() <= level
                    && run.steepest() <= steepest
                    && run.secondHalf() >= secondHalf;
        }
    }

    /// Several climbs with a level stretch between, and none of it ever came back: a staircase.
    record Stairs(int climbs) implements Condition {
        static final float SHARE = .15f;

        @Override
        public boolean holds(Look look) {
            return look.run.rise() > 0 && look.run.climbs(SHARE) >= climbs;
        }
    }

    /// `part` rose by at least this share of what `whole` rose; says nothing where either is not known.
    record Share(Channel part, Channel whole, double atLeast) implements Condition {
        @Override
        public boolean holds(Look look) {
            float partRise = look.rise(part);
            float wholeRise = look.rise(whole);
            return Float.isNaN(partRise) || Float.isNaN(wholeRise) || partRise >= atLeast * wholeRise;
        }
    }

    /// The first of the rise are stale by now: longer stuck or idle than a healthy owner leaves anything. Only
    /// where that is known exactly.
    record StaleToo(int count) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.stale() >= count / look.ease();
        }
    }

    /// The count rose as well, by this share of what the run's channel rose: a pool that falls asleep or is
    /// closed from the other end is as large as before. Cannot be told where the channel is all there is.
    record CountToo(double share) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.rise(Channel.VALUE) >= share * look.run.rise();
        }
    }

    /// Handles of one sort: of what was kept, next to nothing or nearly everything went unused. People in front of
    /// clients use some and leave some; leaked handles are all alike.
    record Alike(Channel unused, Channel kept) implements Condition {
        static final double FEW = .2;
        static final double MOST = .8;

        @Override
        public boolean holds(Look look) {
            float part = look.rise(unused);
            double share = part / Math.max(1, look.rise(kept));
            return Float.isNaN(part) || share <= FEW || share >= MOST;
        }
    }

    /// Next to nothing of what was kept went unused, or nobody knows. What goes unused has rules of its own, which
    /// ask more of it: a cache and a mesh keep such connections too.
    record UsedAll(Channel unused, Channel kept) implements Condition {
        @Override
        public boolean holds(Look look) {
            float part = look.rise(unused);
            return Float.isNaN(part) || part <= Alike.FEW * Math.max(1, look.rise(kept));
        }
    }

    /// Nothing is known about use; where it is, rules that ask for it are the better ones.
    record UseUnknown() implements Condition {
        @Override
        public boolean holds(Look look) {
            return Float.isNaN(look.rise(Channel.UNUSED_10M));
        }
    }

    /// A rise that goes on being used is growth of business: only with the limit this near.
    record UsedOnlyNear(Channel unused, double days) implements Condition {
        static final double UNUSED = .4;

        @Override
        public boolean holds(Look look) {
            float part = look.rise(unused);
            return Float.isNaN(part)
                    || part >= UNUSED * look.run.rise()
                    || look.secondsToLimit() <= days * 86400 * look.ease();
        }
    }

    /// A rise of which some goes on being used may be traffic, such as that of a fleet which is scaled out, or a pool
    /// that is opened anew: only from this share of the limit on, where waiting for more proof costs the outage.
    record UsedOnlyHigh(Channel unused, double share) implements Condition {
        @Override
        public boolean holds(Look look) {
            float part = look.rise(unused);
            return Float.isNaN(part) || part >= Alike.MOST * look.run.rise() || look.used() >= share / look.ease();
        }
    }

    /// Ground never seen: the newest floor is above every peak before the run, from four hours of them on: the second
    /// tooth of a pool that is evicted is no news, how high a start went says little. Without a day of history the
    /// count has to be at a share of the limit as well: a first climb may be a warm-up.
    ///
    /// @param times how many times the former peak
    /// @param young share of the limit without history; above 1: wait for history
    record NewGround(double times, double young) implements Condition {
        static final int FEW_HOURS = 4;
        static final int HOURS = 24;

        @Override
        public boolean holds(Look look) {
            boolean low = look.run.last() <= (1 + (times - 1) / look.ease()) * look.peakBefore(FEW_HOURS);
            boolean known = !Float.isNaN(look.peakBefore(HOURS));
            return !low && (known || young <= 1 && look.used() >= young / look.ease());
        }
    }

    /// Above the oldest day kept, four and a half to eight days ago.
    record AboveOldestDay(double times) implements Condition {
        static final double DAYS = 4.5;

        @Override
        public boolean holds(Look look) {
            return look.run.last() > times * look.peakOfOldestDay(DAYS);
        }
    }

    /// So many times any former peak (or a handful), with this much history.
    record Times(double factor, int hours) implements Condition {
        static final double HANDFUL = 8;

        @Override
        public boolean holds(Look look) {
            float peak = look.peakBefore(hours);
            return look.run.last() >= factor / look.ease() * Math.max(peak, HANDFUL);
        }
    }

    /// So many times what the run began from.
    record Multiplies(double factor) implements Condition {
        static final double HANDFUL = 10;

        @Override
        public boolean holds(Look look) {
            return look.run.last() >= factor * Math.max(look.run.first(), HANDFUL);
        }
    }

    /// At this pace the limit is nearer than so many lengths of the run: what is slower waits for a longer scale.
    record Near(double runs) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.secondsToLimit() <= runs * look.ease() * look.seconds();
        }
    }

    /// The count is at least at this share of the limit.
    record Level(double share) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.used() >= share / look.ease();
        }
    }

    /// There is a limit, and it is not vast.
    record Bounded() implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.isBounded();
        }
    }

    /// The newest floors are all at least so many, and this share of the limit.
    record Stands(double count, int floors) implements Condition {
        @Override
        public boolean holds(Look look) {
            return look.run.lowest(floors) >= Math.max(count, Reaches.OF_LIMIT * look.limit());
        }
    }

    /// The newest floor is at least so many, and this share of the limit.
    record Reaches(double count) implements Condition {
        static final double OF_LIMIT = .002;

        @Override
        public boolean holds(Look look) {
            return look.run.last() >= Math.max(count, OF_LIMIT * look.limit()) / look.ease();
        }
    }

    /// Each of the last six days' floors is above the same weekday's a week before, and the week between rose
    /// without a single step that makes up most of it: growth under a weekly cycle.
    record AboveLastWeek(double share) implements Condition {
        static final int DAYS = 6;
        static final int WEEK = 7;
        static final double LEAST = 10;
        static final double STEP = .5;

        @Override
        public boolean holds(Look look) {
            double gained = 0;
            for (int day = 0; day < DAYS; day++) {
                float before = look.floor(day + WEEK);
                float gain = look.floor(day) - before;
                if (!(gain >= Math.max(LEAST, share * before))) {
                    return false;
                }
                gained += gain;
            }
            Run run = look.run;
            return run.rise() >= STEP * gained / DAYS && run.steepest() <= STEP;
        }
    }
}
