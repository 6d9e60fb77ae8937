package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Inbound connections whose clients gave up one after the other: asked once, never answered, never closed. It is
/// told when one of these is so:
///
/// - about as many goroutines wait for a lock at one place;
/// - nobody else is answered on that port either, and about as many threads or goroutines came with them;
/// - nobody else is answered on that port either, not a byte was sent on any of them, each client waited before
///   it gave up, and it began from one moment on: a server that takes and never answers, such as a log's, leaks
///   from its start.
///
/// As long as it is told, requests hang now.
final class DeadlockedHandlers implements Diagnosis {
    private static final double DRIPS = .5;
    /// Of the requests that hang, at least this share shows as threads or goroutines.
    private static final double WAITING = .5;
    /// It went well at least this share of the time that it has gone wrong.
    private static final double BEFORE = .25;

    @Override
    public @Nullable Explanation explain(Subject subject) {
        Connections connections = subject.connections();
        if (connections == null || !Stuck.makesTheRise(subject)) {
            return null;
        }
        List<Cohort> in = connections.in(TcpState.CLOSE_WAIT, Direction.IN);
        int count = in.stream().mapToInt(Cohort::count).sum();
        boolean gaveUp = count >= FEW
                && count >= NEARLY_ALL * connections.count(TcpState.CLOSE_WAIT)
                && in.getFirst().spread(connections.at()) >= DRIPS
                && in.stream().mapToInt(Cohort::unused).sum() >= NEARLY_ALL * count;
        if (!gaveUp) {
            return null;
        }
        Goroutines.Site site = Waiting.at(subject, Waiting::isForLock, WAITING * count);
        if (site == null && !allHang(subject, connections, in, count)) {
            return null;
        }
        Explanation told =
                new Explanation(Cause.DEADLOCKED_HANDLERS, sentence(subject, connections, in, count, site), peer(in));
        return site == null ? told : told.at(site.function());
    }

    private static boolean allHang(Subject subject, Connections connections, List<Cohort> in, int count) {
        return nobodyIsAnswered(connections, in.getFirst().localPort)
                && (somethingWaits(subject, count) || stoppedAnswering(subject, connections, in, count));
    }

    /// A connection that was used after it was opened is one that is being served.
    private static boolean nobodyIsAnswered(Connections connections, String port) {
        return connections.in(TcpState.ESTABLISHED, Direction.IN).stream()
                .filter(cohort -> cohort.localPort.equals(port))
                .allMatch(cohort -> cohort.unused() == cohort.count());
    }

    /// A thread or a goroutine for each.
    private static boolean somethingWaits(Subject subject, int count) {
        int goroutines = subject.now().riseOfGoroutines(subject.before());
        return Math.max(goroutines, subject.now().riseOfThreads(subject.before())) >= WAITING * count;
    }

    private static boolean stoppedAnswering(Subject subject, Connections connections, List<Cohort> in, int count) {
        Duration wrong = Duration.between(in.getFirst().first(), connections.at());
        Duration well = Duration.between(subject.started(), in.getFirst().first());
        return in.stream().mapToInt(Cohort::unanswered).sum() >= NEARLY_ALL * count
                && well.toMillis() >= BEFORE * wrong.toMillis();
    }

    private static String peer(List<Cohort> in) {
        return in.size() == 1 ? in.getFirst().peer : "";
    }

    private static String sentence(
            Subject subject, Connections connections, List<Cohort> in, int count, Goroutines.@Nullable Site site) {
        int threads = subject.now().riseOfThreads(subject.before());
        return Phrase.count(count) + " inbound connections are CLOSE_WAIT from "
                + (in.size() == 1 ? in.getFirst().peer : in.size() + " addresses")
                + ", the oldest for " + Phrase.age(in.getFirst().first(), connections.at())
                + ", none answered since it was opened"
                + (threads >= WAITING * count ? "; " + Phrase.count(threads) + " more threads" : "")
                + (site == null ? "" : "; " + Waiting.phrase(site))
                + Phrase.pace(subject)
                + ": requests hang, handlers are deadlocked.";
    }
}
