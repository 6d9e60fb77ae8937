package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Goroutines;
import org.jspecify.annotations.Nullable;

/// Goroutines rise, and no descriptors with them; named with the place where most of them wait, where that is
/// known.
final class GoroutineLeak implements Diagnosis {
    private static final double ALONE = .5;
    /// Of a rise, at least this share waits at the one place.
    private static final double PLACE = .3;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        int rise = subject.now().riseOfGoroutines(subject.before());
        Integer goroutines = subject.now().goroutines();
        if (goroutines == null || rise < FEW || subject.now().riseOfFds(subject.before()) > ALONE * rise) {
            return null;
        }
        Goroutines.Site site = Waiting.at(subject, _ -> true, PLACE * rise);
        String sentence = Phrase.count(goroutines) + " goroutines, " + Phrase.count(rise)
                + " more than when the rise began, and no descriptors with them"
                + (site == null ? "" : "; " + Waiting.phrase(site) + origin(site))
                + Phrase.pace(subject)
                + ": goroutines are started and do not end.";
        Explanation explanation = new Explanation(Cause.GOROUTINE_LEAK, sentence, "");
        return site == null ? explanation : explanation.at(site.function());
    }

    private static String origin(Goroutines.Site site) {
        return site.createdBy().isEmpty() ? "" : ", started by " + site.createdBy();
    }
}
