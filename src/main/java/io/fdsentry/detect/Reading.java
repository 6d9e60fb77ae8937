package io.fdsentry.detect;

import io.fdsentry.config.DetectionConfig;
import io.fdsentry.detect.trend.Column;
import io.fdsentry.detect.trend.Row;
import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a sample of a process says of each resource: the count, what identity shows beside it, and its limit.
final class Reading {
    private static final List<Aged> OLDER = List.of(
            new Aged(Column.OLDER_1M, Age.M1),
            new Aged(Column.OLDER_10M, Age.M10),
            new Aged(Column.OLDER_1H, Age.H1),
            new Aged(Column.OLDER_1D, Age.D1));
    private static final List<Aged> IDLE = List.of(
            new Aged(Column.IDLE_10M, Age.M10), new Aged(Column.IDLE_1H, Age.H1), new Aged(Column.IDLE_1D, Age.D1));

    private static final Set<FdKind> PLUMBING = EnumSet.of(
            FdKind.PIPE,
            FdKind.EVENTFD,
            FdKind.EVENTPOLL,
            FdKind.INOTIFY,
            FdKind.TIMERFD,
            FdKind.SIGNALFD,
            FdKind.PIDFD,
            FdKind.IO_URING);

    /// By the index of [#OLDER].
    private final List<Lowest> others;
    private final Row row = new Row();
    private double at;
    private @Nullable ProcessSample process;
    private @Nullable Sockets sockets;
    private @Nullable Idle idle;
    private boolean idleKnown;

    /// A column that says how many have reached an age.
    private record Aged(Column column, Age age) {}

    Reading(DetectionConfig detection) {
        others = OLDER.stream()
                .map(aged -> new Lowest(detection.scaled(aged.age().duration()).toNanos() / 1e9))
                .toList();
    }

    /// Turns to a sample. Sockets that are not of this round (`sampling.budget`) are those of the last that had
    /// them.
    void turn(ProcessSample sample, double seconds) {
        process = sample;
        at = seconds;
        Sockets seen = sample.sockets().orNull();
        sockets = seen == null ? sockets : seen;
        idle = sample.idle().orNull();
        idleKnown |= idle != null;
    }

    /// How much there is of a resource; null where this round does not tell.
    @Nullable
    Integer count(Resource resource) {
        ProcessSample sample = process;
        if (sample == null) {
            return null;
        }
        return switch (resource) {
            case FDS -> sample.openFds().orNull();
            case SOCKETS ->
                sample.sockets().map(seen -> seen.protocols().total()).orNull();
            case CLOSE_WAIT ->
                sample.sockets()
                        .map(seen -> seen.tcp().get(TcpState.CLOSE_WAIT))
                        .orNull();
            case CLOSED ->
                sample.sockets().map(seen -> seen.tcp().get(TcpState.CLOSED)).orNull();
            case STALE_SOCKETS -> sample.sockets().isSeen() && sockets != null ? stale(sockets) : null;
            case THREADS -> sample.threads().map(seen -> seen.states().total()).orNull();
            case GOROUTINES -> goroutines(sample.goroutines());
        };
    }

    private static @Nullable Integer goroutines(@Nullable Outcome<Goroutines> seen) {
        return seen == null ? null : seen.map(Goroutines::count).orNull();
    }

    /// A round that lacks byte times which others had would show a fall that there was not.
    private @Nullable Integer stale(Sockets seen) {
        int stuck = seen.stale().get(StaleReason.CLOSE_WAIT) + seen.stale().get(StaleReason.CLOSED);
        if (idle == null) {
            return idleKnown ? null : stuck;
        }
        return stuck + idle.halfOpen() + idle.idle();
    }

    /// The limit this resource shares with others; NaN where there is none.
    double limit(Resource resource) {
        Long limit = process == null ? null : total(resource, process);
        return limit == null ? Double.NaN : limit;
    }

    /// How many descriptors besides those counted take of the same limit.
    int others(Resource resource, int count) {
        Integer fds = process == null ? null : process.openFds().orNull();
        return fds == null || resource == Resource.THREADS || resource == Resource.GOROUTINES ? 0 : fds - count;
    }

    /// The limit as a person knows it; null where there is none.
    static @Nullable Long total(Resource resource, ProcessSample sample) {
        return switch (resource) {
            case FDS, SOCKETS, CLOSE_WAIT, CLOSED, STALE_SOCKETS -> {
                FdLimits limits = sample.limits().orNull();
                yield limits == null ? null : limits.effective();
            }
            case THREADS -> {
                Threads threads = sample.threads().orNull();
                yield threads == null ? null : threads.limit();
            }
            case GOROUTINES -> null;
        };
    }

    /// The count with its columns; filled anew each time.
    Row row(Resource resource, int count) {
        row.clear();
        row.set(Column.VALUE, count);
        Sockets seen = sockets;
        if (seen != null) {
            switch (resource) {
                case FDS -> fds(seen, count);
                case SOCKETS -> sockets(seen, 0);
                case CLOSE_WAIT -> state(seen, TcpState.CLOSE_WAIT, Column.CLOSE_WAIT);
                case CLOSED -> state(seen, TcpState.CLOSED, Column.CLOSED);
                case STALE_SOCKETS -> stale();
                case THREADS, GOROUTINES -> {}
            }
        }
        if (resource == Resource.GOROUTINES) {
            blocked();
        } else if (resource == Resource.FDS) {
            plumbing();
        }
        return row;
    }

    private void plumbing() {
        FdKinds kinds = process == null ? null : process.fdKinds().orNull();
        if (kinds != null) {
            int plumbing = 0;
            for (FdKind kind : PLUMBING) {
                plumbing += kinds.kinds().get(kind);
            }
            row.set(Column.PLUMBING, plumbing);
        }
    }

    /// A goroutine that has waited that long is one that was there and did nothing. Some wait for ever in every
    /// program: where none is told of, nobody looked.
    private void blocked() {
        ProcessSample sample = process;
        Outcome<Goroutines> outcome = sample == null ? null : sample.goroutines();
        Goroutines seen = outcome == null ? null : outcome.orNull();
        if (seen != null && !seen.blocked().isEmpty()) {
            int blocked =
                    seen.blocked().values().stream().mapToInt(Integer::intValue).sum();
            row.set(Column.OLDER_10M, blocked);
            row.set(Column.IDLE_10M, blocked);
            row.set(Column.STALE, blocked);
        }
    }

    /// Sockets by their identity, the rest by what cannot be older.
    private void fds(Sockets seen, int count) {
        int rest = Math.max(0, count - seen.protocols().total());
        sockets(seen, rest);
    }

    private void sockets(Sockets seen, int rest) {
        set(OLDER, seen.firstSeen());
        for (int i = 0; process != null && rest > 0 && i < OLDER.size(); i++) {
            Column column = OLDER.get(i).column();
            row.set(column, row.get(column) + others.get(i).add(at, rest));
        }
        row.set(Column.CLOSE_WAIT, seen.tcp().get(TcpState.CLOSE_WAIT));
        row.set(Column.CLOSED, seen.tcp().get(TcpState.CLOSED));
        row.set(Column.NO_TIMER, seen.withoutKeepalive());
        Integer stale = stale(seen);
        row.set(Column.STALE, stale == null ? Double.NaN : stale);
        idle();
    }

    private void set(List<Aged> columns, Counts<Age> counts) {
        for (int i = 0; i < columns.size(); i++) {
            row.set(columns.get(i).column(), counts.get(columns.get(i).age()));
        }
    }

    private void idle() {
        Idle known = idle;
        if (known != null) {
            set(IDLE, known.atLeast());
        }
    }

    private void state(Sockets seen, TcpState state, Column own) {
        row.set(own, row.get(Column.VALUE));
        Counts<Age> older = seen.older().get(state);
        if (older != null) {
            set(OLDER, older);
        }
    }

    /// What became stale is no leak unless sockets are kept that were not there before: a pool that falls asleep
    /// is as large as it was.
    private void stale() {
        Sockets seen = sockets;
        if (seen != null) {
            set(OLDER, seen.firstSeen());
            row.set(Column.CLOSE_WAIT, seen.stale().get(StaleReason.CLOSE_WAIT));
            row.set(Column.CLOSED, seen.stale().get(StaleReason.CLOSED));
            row.set(Column.STALE, row.get(Column.VALUE));
            idle();
        }
    }
}
