package io.fdsentry.detect.trend;

import io.fdsentry.model.LeakState;
import org.jspecify.annotations.Nullable;

/// One resource of one process, judged: feed it samples, ask it for the verdict. Constant in size, reads no clock.
///
/// Times are seconds of any clock. One that steps back stands still here; one that jumps ahead, a suspended
/// machine and missed rounds leave windows empty, and rises on two sides of a gap are never joined. A new process
/// is a new series.
public final class Series {
    private final Trend trend = new Trend();
    private final Judge judge = new Judge();
    private final Slope slope = new Slope();
    private final double timeScale;
    private final double pageBefore;
    private @Nullable Anchor anchor;
    private @Nullable Anchor measured;
    private double last = Double.NEGATIVE_INFINITY;
    private double shift;
    private double value = Double.NaN;
    private double room = Double.NaN;
    private double growth = Double.NaN;

    /// @param pageBefore seconds, before the time scale
    /// @param timeScale divides the windows and `pageBefore`; 1 in earnest
    public Series(double pageBefore, double timeScale) {
        this.pageBefore = pageBefore / timeScale;
        this.timeScale = timeScale;
    }

    /// What the target's earlier processes held while nothing was suspected: history from before this process.
    public void inherit(double normalPeak) {
        trend.peaks().inherit(Channel.VALUE, (float) normalPeak);
    }

    /// Takes a sample in.
    ///
    /// @param seconds its time
    /// @param row what it counted; unknown columns are NaN, and so is [Column#VALUE] in a missed round
    /// @param limit of the count; NaN where there is none
    public void add(double seconds, Row row, double limit) {
        add(seconds, row, limit, 0);
    }

    /// Takes a sample in.
    ///
    /// @param seconds its time
    /// @param row what it counted; unknown columns are NaN, and so is [Column#VALUE] in a missed round
    /// @param limit of the count and others; NaN where there is none
    /// @param others how much of the limit is taken by what is not counted here
    public void add(double seconds, Row row, double limit, double others) {
        if (!row.knows(Column.VALUE)) {
            return;
        }
        if (seconds < last) {
            shift += last - seconds;
            trend.restart();
        }
        last = seconds;
        value = row.get(Column.VALUE);
        room = Math.max(limit - others, 1);
        trend.add((seconds + shift) * timeScale, row, limit, room);
        judge((seconds + shift) * timeScale);
        judge.weigh(seconds + shift, secondsToLimit(), pageBefore);
    }

    private void judge(double at) {
        if (anchor != null) {
            follow(anchor, at);
        }
        hear(trend.suspicion(), trend.proof());
        measure();
    }

    private void follow(Anchor standing, double at) {
        standing.follow(at, trend);
        if (standing.cameBack() || standing.ended(at)) {
            anchor = null;
            judge.acquit();
        }
    }

    private void hear(@Nullable Evidence suspicion, @Nullable Evidence proof) {
        if (proof != null) {
            if (judge.state().compareTo(LeakState.CONFIRMED) < 0 || anchor == null) {
                anchor = new Anchor(proof);
            } else {
                anchor.renew(proof.at());
            }
            judge.convict();
        } else if (suspicion != null) {
            if (anchor == null) {
                anchor = new Anchor(suspicion);
            } else if (judge.state() == LeakState.SUSPECTED) {
                anchor.renew(suspicion.at());
            }
            judge.suspect();
        }
    }

    /// Slopes move when a window closes, not with every sample.
    private void measure() {
        Anchor standing = anchor;
        if (standing == null) {
            growth = trend.closed(Scale.M5) ? slope.calm(trend) * timeScale : growth;
        } else if (standing != measured || trend.closed(standing.scale())) {
            growth = slope.since(standing, trend) * timeScale;
        }
        measured = standing;
    }

    /// How sure.
    public LeakState state() {
        return judge.state();
    }

    /// Robust slope; NaN in warm-up.
    public double growthPerSecond() {
        return growth;
    }

    /// Time to the limit at that slope: infinite when not growing or in warm-up, NaN where there is no limit.
    public double secondsToLimit() {
        if (Double.isNaN(room)) {
            return Double.NaN;
        }
        return growth > 0 ? Math.max(0, room - value) / growth : Double.POSITIVE_INFINITY;
    }

    /// The rule that the verdict stands on, for logs and tests; null when there is none.
    public @Nullable String ground() {
        return anchor == null ? null : anchor.evidence.rule().name();
    }

    /// When the rise that the verdict stands on began, in the times that were fed; NaN when there is none.
    public double since() {
        return anchor == null ? Double.NaN : anchor.since() / timeScale - shift;
    }
}
