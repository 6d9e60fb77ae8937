package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import org.jspecify.annotations.Nullable;

/// Threads rise, and nothing else with them.
final class ThreadLeak implements Diagnosis {
    private static final double ALONE = .5;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        int rise = subject.now().riseOfThreads(subject.before());
        Integer threads = subject.now().threads();
        if (threads == null || rise < FEW || subject.now().riseOfFds(subject.before()) > ALONE * rise) {
            return null;
        }
        String sentence = Phrase.count(threads) + " threads, " + Phrase.count(rise)
                + " more than when the rise began, and no descriptors with them"
                + Phrase.pace(subject)
                + ": threads are started and do not end.";
        return new Explanation(Cause.THREAD_LEAK, sentence, "");
    }
}
