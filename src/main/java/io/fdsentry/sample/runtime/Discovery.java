package io.fdsentry.sample.runtime;

import io.fdsentry.golang.http.OwnCounts;
import io.fdsentry.golang.http.OwnMetrics;
import io.fdsentry.golang.http.Pprof;
import io.fdsentry.model.Outcome;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks for pprof, then for metrics, on the ports that a process itself listens on, and nowhere else.
final class Discovery {
    /// A process that told nothing is asked again so seldom: each question may be a line in its log.
    private static final long AGAIN = TimeUnit.MINUTES.toNanos(10);

    private static final int MOST_PORTS = 8;

    private final Background background;
    private final Duration blockedAfter;
    private final Answer<Found> answer;
    private volatile List<InetSocketAddress> ports = List.of();
    private boolean known;

    /// @param source null where none of the ports told anything
    private record Found(@Nullable HttpSource source) {}

    Discovery(Background background, Duration blockedAfter) {
        this.background = background;
        this.blockedAfter = blockedAfter;
        answer = new Answer<>(background, this::find);
    }

    /// Whether it has to be told which ports the process listens on.
    boolean wantsPorts(int round) {
        return source() == null && (!known || round % 20 == 0);
    }

    void ports(List<InetSocketAddress> listening) {
        known = true;
        ports = listening.stream().limit(MOST_PORTS).toList();
    }

    /// Asks on, and gives what was found; null while there is nothing.
    @Nullable
    HttpSource source(long now) {
        if (source() == null && !ports.isEmpty()) {
            answer.ask(now, AGAIN);
        }
        return source();
    }

    @Nullable
    HttpSource source() {
        Answer.Given<Found> given = answer.last();
        return given == null ? null : given.value().source();
    }

    private Found find() {
        for (InetSocketAddress port : ports) {
            Pprof pprof = new Pprof(url(port));
            if (pprof.counts(0).isSeen()) {
                return new Found(new HttpSource.OfPprof(background, pprof, blockedAfter));
            }
        }
        for (InetSocketAddress port : ports) {
            OwnMetrics metrics = new OwnMetrics(url(port));
            if (metrics.read() instanceof Outcome.Seen<OwnCounts>(OwnCounts told) && told.goroutines() != null) {
                return new Found(new HttpSource.OfMetrics(background, metrics));
            }
        }
        return new Found(null);
    }

    private static URI url(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }
}
