package io.fdsentry.metrics;

import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a healthy process exports with `metrics.detail: suspected`: at most [#LONGEST] series, the most telling
/// first.
final class ShortList {
    /// Most series of a healthy process.
    static final int LONGEST = 20;

    private static final List<TcpState> STATES = List.of(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, TcpState.CLOSED);

    private final Subject subject;
    private final Blocks out;
    private int room = LONGEST;

    ShortList(Subject subject, Blocks out) {
        this.subject = subject;
        this.out = out;
    }

    /// @param required probes whose loss is an alert: that one of them failed is told of a healthy process too
    void add(Set<Probe> required) {
        ProcessSample sample = subject.sample();
        add(Family.OPEN_FDS, sample.openFds().orNull());
        counts(sample);
        failures(sample, required);
        nearestLimits();
    }

    private void counts(ProcessSample sample) {
        if (sample.limits() instanceof Outcome.Seen(var limits)) {
            add(Family.MAX_FDS, limits.soft());
        }
        if (sample.sockets() instanceof Outcome.Seen(var sockets)) {
            STATES.forEach(state -> add(Family.TCP_SOCKETS, sockets.tcp().get(state), state.label()));
            for (StaleReason reason : List.of(StaleReason.CLOSE_WAIT, StaleReason.CLOSED)) {
                add(Family.STALE_SOCKETS, sockets.stale().get(reason), reason.label());
            }
        }
        if (sample.idle() instanceof Outcome.Seen(var idle)) {
            add(Family.STALE_SOCKETS, idle.halfOpen(), StaleReason.HALF_OPEN.label());
            add(Family.STALE_SOCKETS, idle.idle(), StaleReason.IDLE.label());
        }
        if (sample.threads() instanceof Outcome.Seen(var threads)) {
            threads.states().forEach((state, n) -> add(Family.THREADS, n == 0 ? null : n, state.label()));
        }
        if (sample.goroutines() instanceof Outcome.Seen(Goroutines goroutines)) {
            add(Family.GOROUTINES, goroutines.count());
        }
    }

    private void failures(ProcessSample sample, Set<Probe> required) {
        sample.probes().forEach((probe, outcome) -> {
            Reason reason = outcome.reason();
            if (reason != null && required.contains(probe)) {
                add(Family.PROBE_SUCCESS, 0, probe.label());
            }
        });
    }

    private void nearestLimits() {
        subject.verdicts().stream()
                .filter(verdict -> verdict.secondsToLimit() != null && Double.isFinite(verdict.secondsToLimit()))
                .sorted(Comparator.comparing(Verdict::secondsToLimit))
                .forEach(verdict -> add(
                        Family.SECONDS_TO_LIMIT,
                        verdict.secondsToLimit(),
                        verdict.resource().label()));
    }

    private void add(Family family, @Nullable Number value, String... labels) {
        if (value != null && room > 0) {
            out.add(family, value.doubleValue(), labels);
            room--;
        }
    }
}
