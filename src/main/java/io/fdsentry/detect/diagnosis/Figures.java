package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one round counted of a process, as far as a diagnosis compares rounds. Unknown is null.
///
/// @param fds open descriptors
/// @param kinds descriptors by kind
/// @param sockets socket descriptors
/// @param tcp TCP descriptors by state
/// @param threads kernel threads
/// @param goroutines goroutines
public record Figures(
        @Nullable Integer fds,
        @Nullable Counts<FdKind> kinds,
        @Nullable Integer sockets,
        @Nullable Counts<TcpState> tcp,
        @Nullable Integer threads,
        @Nullable Integer goroutines) {
    /// Of a sample.
    public static Figures of(ProcessSample sample) {
        FdKinds kinds = sample.fdKinds().orNull();
        Sockets sockets = sample.sockets().orNull();
        Threads threads = sample.threads().orNull();
        Outcome<Goroutines> outcome = sample.goroutines();
        Goroutines goroutines = outcome == null ? null : outcome.orNull();
        return new Figures(
                sample.openFds().orNull(),
                kinds == null ? null : kinds.kinds(),
                sockets == null ? null : sockets.protocols().total(),
                sockets == null ? null : sockets.tcp(),
                threads == null ? null : threads.states().total(),
                goroutines == null ? null : goroutines.count());
    }

    /// By how many a kind rose since; 0 where that is not known.
    int rise(FdKind kind, Figures before) {
        return kinds == null || before.kinds == null ? 0 : kinds.get(kind) - before.kinds.get(kind);
    }

    /// By how many TCP sockets in a state rose since; 0 where that is not known.
    int rise(TcpState state, Figures before) {
        return tcp == null || before.tcp == null ? 0 : tcp.get(state) - before.tcp.get(state);
    }

    /// By how many all descriptors rose since; 0 where that is not known.
    int riseOfFds(Figures before) {
        return rise(fds, before.fds);
    }

    /// By how many threads rose since; 0 where that is not known.
    int riseOfThreads(Figures before) {
        return rise(threads, before.threads);
    }

    /// By how many goroutines rose since; 0 where that is not known.
    int riseOfGoroutines(Figures before) {
        return rise(goroutines, before.goroutines);
    }

    private static int rise(@Nullable Integer now, @Nullable Integer before) {
        return now == null || before == null ? 0 : Objects.requireNonNull(now) - Objects.requireNonNull(before);
    }
}
