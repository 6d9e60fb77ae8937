package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Inbound connections whose clients gave up one after the other: asked once, never answered, never closed, while
/// no
/// other client is being answered either.
final class DeadlockedHandlers implements Diagnosis {
    private static final double DRIPS = .5;
    /// Of the requests that hang, at least this share shows as threads where threads rise, or as goroutines where
    /// they are known.
    private static final double WAITING = .5;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.makesTheRise(subject)) {
            return null;
        }
        List<Cohort> in = connections.in(TcpState.CLOSE_WAIT, Direction.IN);
        int count = in.stream().mapToInt(Cohort::count).sum();
        boolean holds = count >= FEW
                && count >= NEARLY_ALL * connections.count(TcpState.CLOSE_WAIT)
                && in.getFirst().spread(connections.at()) >= DRIPS
                && in.stream().mapToInt(Cohort::unused).sum() >= NEARLY_ALL * count
                && nobodyIsAnswered(connections)
                && somethingWaits(subject, count);
        return holds
                ? new Explanation(Cause.DEADLOCKED_HANDLERS, sentence(subject, connections, in, count), peer(in))
                : null;
    }

    /// A connection that was used after it was opened is one that is being served.
    private static boolean nobodyIsAnswered(Connections connections) {
        return connections.in(TcpState.ESTABLISHED, Direction.IN).stream().allMatch(c -> c.unused() == c.count());
    }

    /// A thread or a goroutine for each; sockets alone cannot tell this from a server that forgets to close.
    private static boolean somethingWaits(Subject subject, int count) {
        Integer now = subject.now().goroutines();
        Integer before = subject.before().goroutines();
        int goroutines = now == null || before == null ? 0 : now - before;
        return Math.max(goroutines, subject.now().riseOfThreads(subject.before())) >= WAITING * count;
    }

    private static String peer(List<Cohort> in) {
        return in.size() == 1 ? in.getFirst().peer : "";
    }

    private static String sentence(Subject subject, Connections connections, List<Cohort> in, int count) {
        int threads = subject.now().riseOfThreads(subject.before());
        return Phrase.count(count) + " inbound connections are CLOSE_WAIT from "
                + (in.size() == 1 ? in.getFirst().peer : in.size() + " addresses")
                + ", the oldest for " + Phrase.age(in.getFirst().first(), connections.at())
                + ", none answered since it was opened"
                + (threads >= WAITING * count ? "; " + Phrase.count(threads) + " more threads" : "")
                + Phrase.pace(subject)
                + ": requests hang, handlers are deadlocked.";
    }
}
