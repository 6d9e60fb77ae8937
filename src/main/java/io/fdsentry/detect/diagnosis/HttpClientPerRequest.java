package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.FdKind;
import org.jspecify.annotations.Nullable;

/// Each client brings a selector: a thread, an epoll descriptor, and an eventfd or a pipe to wake it.
final class HttpClientPerRequest implements Diagnosis {
    private static final double TOGETHER = .5;
    private static final double MOST_THREADS = 8;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        int selectors = subject.now().rise(FdKind.EVENTPOLL, subject.before());
        int threads = subject.now().riseOfThreads(subject.before());
        int eventfds = subject.now().rise(FdKind.EVENTFD, subject.before());
        int pipes = subject.now().rise(FdKind.PIPE, subject.before());
        boolean together = selectors >= FEW
                && threads >= TOGETHER * selectors
                && threads <= MOST_THREADS * selectors
                && Math.max(eventfds, pipes) >= TOGETHER * selectors;
        if (!together) {
            return null;
        }
        String sentence = Phrase.count(threads) + " threads, " + Phrase.count(selectors) + " epoll descriptors and "
                + (eventfds >= pipes ? Phrase.count(eventfds) + " eventfds" : Phrase.count(pipes) + " pipe ends")
                + " more than when the rise began"
                + Phrase.pace(subject)
                + ": a client with its own selector is made per request and not closed.";
        return new Explanation(Cause.HTTP_CLIENT_PER_REQUEST, sentence, "");
    }
}
