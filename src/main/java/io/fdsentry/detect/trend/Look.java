package io.fdsentry.detect.trend;

/// What a rule sees when it is asked: the run of its channel, everything that rose beside it, what was normal
/// before, and the limit. One for each series, set anew for each rule.
final class Look {
    /// From this limit on nobody waits for it: growth is judged against so many handles.
    static final double VAST = 1 << 20;

    static final double VAST_ROOM = 20_000;

    final Run run = new Run();
    private final Floors[] floors;
    private final Peaks peaks;
    private double value;
    private double limit;
    private double room;
    private double stale;
    private Floors own;
    private Rule rule;
    private double ease = 1;
    private int windows;

    Look(Floors[] floors, Peaks peaks) {
        this.floors = floors;
        this.peaks = peaks;
        this.own = floors[0];
        this.rule = Rules.ALL.getFirst();
    }

    /// The latest sample.
    ///
    /// @param limit NaN where there is none
    /// @param room what others leave of it
    void at(Row row, double limit, double room) {
        value = row.get(Column.VALUE);
        stale = row.get(Column.STALE);
        this.limit = limit;
        this.room = room;
    }

    /// Turns to a rule.
    ///
    /// @param ease 1 to convict; above it, how much less is enough to suspect
    /// @return whether there are floors enough for it
    boolean turn(Rule rule, double ease) {
        this.rule = rule;
        this.own = floors[rule.scale().ordinal()];
        this.ease = ease;
        this.windows = ease > 1 ? rule.fewerWindows() : rule.windows();
        return run.read(own, rule.channel(), windows);
    }

    double ease() {
        return ease;
    }

    double value() {
        return value;
    }

    /// What growth is held against: what others leave of the limit, or, where that is vast or absent, the run's
    /// start and some thousands.
    double limit() {
        return isBounded() ? room : run.first() + vastRoom();
    }

    /// Whether there is a limit that anyone could reach.
    boolean isBounded() {
        return limit < VAST;
    }

    /// The share of the limit that is in use; of a vast one, how much of those thousands the run has taken.
    double used() {
        return isBounded() ? value / room : (value - run.first()) / vastRoom();
    }

    /// Twice as many as there were when the run began, if those are more.
    private double vastRoom() {
        return Math.max(VAST_ROOM, 2 * run.first());
    }

    /// How far another channel rose over the same windows; NaN where it is not known.
    float rise(Channel channel) {
        return own.rise(channel, windows);
    }

    /// How many are stale at the latest sample; NaN where that is not known.
    double stale() {
        return stale;
    }

    /// How long the run took, in seconds.
    double seconds() {
        return rule.scale().seconds * windows;
    }

    /// Seconds until the limit at the pace of the run.
    double secondsToLimit() {
        return (limit() - value) / run.rise() * run.steps() * rule.scale().seconds;
    }

    /// The highest the channel ever was before the run began; NaN with less than `hours` of history.
    float peakBefore(int hours) {
        return peaks.before(rule.channel(), own.end() - seconds(), hours);
    }

    /// The highest of the oldest day kept; NaN while that is less than `days` ago.
    float peakOfOldestDay(double days) {
        return peaks.ofOldestDay(rule.channel(), own.end(), days);
    }

    /// A floor of the rule's channel; 0 is the newest.
    float floor(int back) {
        return own.at(rule.channel(), back);
    }
}
