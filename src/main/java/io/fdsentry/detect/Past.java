package io.fdsentry.detect;

import io.fdsentry.detect.diagnosis.Figures;
import java.util.ArrayList;
import java.util.List;

/// What a process counted earlier: a few rounds of any age, the older the farther apart.
final class Past {
    private static final int MOST = 16;
    /// Of the time watched so far: nearer rounds say the same.
    private static final double LEAST_GAP = .02;

    private record Moment(double at, Figures figures) {}

    private final List<Moment> moments = new ArrayList<>();

    /// Adds a round.
    void add(double at, Figures figures) {
        if (!moments.isEmpty()) {
            double gap = at - moments.getLast().at();
            if (gap <= 0 || gap < LEAST_GAP * (at - moments.getFirst().at())) {
                return;
            }
        }
        if (moments.size() == MOST) {
            moments.remove(leastMissed(at));
        }
        moments.add(new Moment(at, figures));
    }

    /// Never the first nor the last: the one whose neighbours are nearest, for its age.
    private int leastMissed(double now) {
        int least = 1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < moments.size() - 1; i++) {
            double gap = moments.get(i + 1).at() - moments.get(i - 1).at();
            double weight = gap / (now - moments.get(i).at());
            if (weight < nearest) {
                nearest = weight;
                least = i;
            }
        }
        return least;
    }

    /// The latest round up to a time, else the first there is.
    Figures before(double at, Figures otherwise) {
        Figures found = moments.isEmpty() ? otherwise : moments.getFirst().figures();
        for (Moment moment : moments) {
            if (moment.at() <= at) {
                found = moment.figures();
            }
        }
        return found;
    }
}
