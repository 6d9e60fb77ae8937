package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Resource;
import java.util.List;

/// Asks every cause in turn; the first that is sure is the answer.
public final class Diagnoses {
    /// Files and pipes last: a young process opens many besides what was judged.
    private static final List<Diagnosis> HANDLES = List.of(
            new HttpClientPerRequest(),
            new DeadlockedHandlers(),
            new RetiredBackends(),
            new ResponseBodyNotClosed(),
            new HalfOpenPeers(),
            new PoolPerRequest(),
            new HeldByPeer(),
            new KeptOrGone(),
            new ChildPipes(),
            new UnclosedFiles());
    private static final List<Diagnosis> THREADS = List.of(new HttpClientPerRequest(), new ThreadLeak());
    /// Those that bring goroutines and connections; each asks for the connections.
    private static final List<Diagnosis> GOROUTINES = List.of(
            new DeadlockedHandlers(),
            new ResponseBodyNotClosed(),
            new HalfOpenPeers(),
            new PoolPerRequest(),
            new GoroutineLeak());
    private static final Unknown UNKNOWN = new Unknown();

    private Diagnoses() {}

    /// Why it rises, as far as can be told.
    public static Explanation of(Subject subject) {
        List<Diagnosis> candidates = switch (subject.verdict().resource()) {
            case FDS, SOCKETS, CLOSE_WAIT, CLOSED, STALE_SOCKETS -> HANDLES;
            case THREADS -> THREADS;
            case GOROUTINES -> GOROUTINES;
        };
        for (Diagnosis candidate : candidates) {
            Explanation explanation = candidate.explain(subject);
            if (explanation != null) {
                return explanation;
            }
        }
        return UNKNOWN.explain(subject);
    }

    /// Why it is suspected before it rose.
    ///
    /// @param lives how many processes of the target ended suspected before this one
    public static Explanation ofTarget(Resource resource, int lives) {
        String what = resource.label().replace('_', ' ');
        String sentence = "the last " + lives + " processes of this target ended while " + what
                + " were suspected of a leak: this one is looked at from its start.";
        return new Explanation(Cause.UNKNOWN, sentence, "");
    }
}
