package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.FdKind;
import org.jspecify.annotations.Nullable;

/// Pipes rise alone: the ends towards children that have long ended.
final class ChildPipes implements Diagnosis {
    private static final double ALONE = .25;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        int pipes = subject.now().rise(FdKind.PIPE, subject.before());
        int all = subject.now().riseOfFds(subject.before());
        boolean alone = subject.now().riseOfThreads(subject.before()) <= ALONE * pipes
                && subject.now().rise(FdKind.EVENTPOLL, subject.before()) <= ALONE * pipes;
        if (pipes < FEW || pipes < MOST * all || !alone) {
            return null;
        }
        String sentence = Phrase.count(pipes) + " of " + Phrase.count(all)
                + " descriptors more than when the rise began are pipe ends, and neither threads nor selectors rise"
                + Phrase.pace(subject)
                + ": pipes to child processes are not closed.";
        return new Explanation(Cause.CHILD_PIPES_NOT_CLOSED, sentence, "");
    }
}
