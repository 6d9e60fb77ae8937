package io.fdsentry.detect.trend;

import java.util.Arrays;

/// Growth of a count by the median of the slopes between every two floors (Theil and Sen): a third of the floors
/// may lie anywhere without moving it.
final class Slope {
    /// With fewer floors it is warm-up.
    static final int LEAST = 5;

    private static final int MOST = 10;
    /// Where nothing is suspected: from five minutes up, so that a burst is no growth, to a day.
    private static final Scale[] CALM = {Scale.M5, Scale.M15, Scale.M90, Scale.H3};

    private static final Scale[] SCALES = Scale.values();

    private final double[] slopes = new double[MOST * (MOST - 1) / 2];
    private final double[] calm = new double[CALM.length];
    /// The end of the windows that [#calm] was told from.
    private final double[] ends = new double[CALM.length];

    Slope() {
        Arrays.fill(ends, Double.NaN);
    }

    /// Per second, over the last floors of one scale; NaN in warm-up.
    double of(Floors floors, Channel channel) {
        return of(floors, channel, MOST);
    }

    private double of(Floors floors, Channel channel, int most) {
        int windows = Math.min(most, floors.size());
        if (windows < LEAST) {
            return Double.NaN;
        }
        int n = 0;
        for (int newer = 0; newer < windows; newer++) {
            for (int older = newer + 1; older < windows; older++) {
                double rise = floors.at(channel, newer) - floors.at(channel, older);
                slopes[n++] = rise / (older - newer) / floors.scale.seconds;
            }
        }
        Arrays.sort(slopes, 0, n);
        return n % 2 == 1 ? slopes[n / 2] : (slopes[n / 2 - 1] + slopes[n / 2]) / 2;
    }

    /// Of a rise that stands: the least of what its own scale says now and what the longest scale says that fits
    /// into the time since it began, so that neither a pause nor the daily swing passes for growth. NaN in
    /// warm-up.
    double since(Anchor anchor, Trend trend) {
        Floors own = trend.floors(anchor.scale());
        double least = of(own, anchor.channel(), Math.max(LEAST, windowsSince(anchor, own)));
        for (int i = anchor.scale().ordinal() + 1; i < SCALES.length; i++) {
            Floors floors = trend.floors(SCALES[i]);
            double slope = of(floors, anchor.channel(), windowsSince(anchor, floors));
            least = slope < least ? slope : least;
        }
        return least;
    }

    private static int windowsSince(Anchor anchor, Floors floors) {
        return (int) Math.min(MOST, (floors.end() - anchor.since()) / floors.scale.seconds);
    }

    /// Where nothing is suspected: the least of several scales, because a climb that only one of them sees is
    /// traffic. NaN in warm-up.
    double calm(Trend trend) {
        double least = Double.NaN;
        for (int i = 0; i < CALM.length; i++) {
            Floors floors = trend.floors(CALM[i]);
            if (floors.end() != ends[i]) {
                ends[i] = floors.end();
                calm[i] = of(floors, Channel.VALUE);
            }
            least = calm[i] >= least || Double.isNaN(calm[i]) ? least : calm[i];
        }
        return least;
    }
}
