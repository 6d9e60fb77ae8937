package io.fdsentry.sample.runtime;

import io.fdsentry.golang.http.CountProfile;
import io.fdsentry.golang.http.OwnCounts;
import io.fdsentry.golang.http.OwnMetrics;
import io.fdsentry.golang.http.Pprof;
import io.fdsentry.golang.http.StackDump;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one process tells of itself over HTTP, as of the last time it answered.
sealed interface HttpSource {
    /// An ordinary question is asked this often at most, one that stops the target's world this often.
    long OFTEN = TimeUnit.SECONDS.toNanos(60);

    long SELDOM = TimeUnit.MINUTES.toNanos(10);

    /// Evidence does not wait longer than this for an answer.
    long PATIENCE_MILLIS = 5_000;

    /// Asks what is due and gives the last answer; null before the first, and where it does not tell goroutines.
    ///
    /// @param now the monotonic clock, in nanoseconds
    /// @param suspected whether it is worth a closer look
    @Nullable
    Outcome<Goroutines> read(long now, boolean suspected);

    /// Stacks as text, empty where there are none.
    String dump(int most);

    /// Threads as a JVM counts them, null where it does not tell.
    Threads.@Nullable Jvm jvm();

    /// `/debug/pprof`. Places are known only of a process that was suspected.
    final class OfPprof implements HttpSource {
        private static final int MOST_TEXT = 200_000;

        private final Answer<Outcome<CountProfile>> counts;
        private final Answer<Outcome<StackDump>> stacks;
        private final Answer<Outcome<CountProfile>> leaks;

        OfPprof(Background background, Pprof pprof, Duration blockedAfter) {
            counts = new Answer<>(background, () -> pprof.counts(0));
            stacks = new Answer<>(background, () -> pprof.stacks(blockedAfter, MOST_TEXT));
            leaks = new Answer<>(background, () -> pprof.leaks(MOST_TEXT / 4));
        }

        @Override
        public @Nullable Outcome<Goroutines> read(long now, boolean suspected) {
            counts.ask(now, OFTEN);
            if (suspected) {
                stacks.ask(now, SELDOM);
                leaks.ask(now, Long.MAX_VALUE);
            }
            Answer.Given<Outcome<CountProfile>> given = counts.last();
            return given == null
                    ? null
                    : given.value().map(profile -> goroutines(profile, Duration.ofNanos(now - given.at()), now));
        }

        private Goroutines goroutines(CountProfile profile, Duration age, long now) {
            Answer.Given<Outcome<StackDump>> seen = stacks.last();
            StackDump dump = seen == null || now - seen.at() > 2 * SELDOM
                    ? null
                    : seen.value().orNull();
            return dump == null
                    ? new Goroutines(Goroutines.Source.PPROF, profile.total(), Map.of(), List.of(), age, "")
                    : new Goroutines(Goroutines.Source.PPROF, profile.total(), dump.blocked(), dump.sites(), age, "");
        }

        /// With the proof of the garbage collector, where the target can prove it.
        @Override
        public String dump(int most) {
            stacks.ask(System.nanoTime(), SELDOM);
            leaks.ask(System.nanoTime(), Long.MAX_VALUE);
            Answer.Given<Outcome<CountProfile>> proof = leaks.await(PATIENCE_MILLIS);
            Answer.Given<Outcome<StackDump>> dump = stacks.await(PATIENCE_MILLIS);
            CountProfile proven = proof == null ? null : proof.value().orNull();
            StackDump all = dump == null ? null : dump.value().orNull();
            String text = (proven == null || proven.total() == 0 ? "" : proven.text() + "\n")
                    + (all == null ? "" : all.text());
            return text.substring(0, Math.min(most, text.length()));
        }

        @Override
        public Threads.@Nullable Jvm jvm() {
            return null;
        }
    }

    /// Its own metrics: a count and no more.
    final class OfMetrics implements HttpSource {
        private final Answer<Outcome<OwnCounts>> counts;

        OfMetrics(Background background, OwnMetrics metrics) {
            counts = new Answer<>(background, metrics::read);
        }

        @Override
        public @Nullable Outcome<Goroutines> read(long now, boolean suspected) {
            counts.ask(now, OFTEN);
            Answer.Given<Outcome<OwnCounts>> given = counts.last();
            if (given == null
                    || given.value() instanceof Outcome.Seen<OwnCounts>(var told) && told.goroutines() == null) {
                return null;
            }
            Duration age = Duration.ofNanos(now - given.at());
            return given.value().flatMap(told -> of(told, age));
        }

        private static Outcome<Goroutines> of(OwnCounts told, Duration age) {
            Integer count = told.goroutines();
            return count == null
                    ? Outcome.unsupported("its metrics tell no goroutines")
                    : Outcome.seen(new Goroutines(Goroutines.Source.METRICS, count, Map.of(), List.of(), age, ""));
        }

        @Override
        public String dump(int most) {
            return "";
        }

        @Override
        public Threads.@Nullable Jvm jvm() {
            Answer.Given<Outcome<OwnCounts>> given = counts.last();
            OwnCounts told = given == null ? null : given.value().orNull();
            return told == null ? null : told.jvm();
        }
    }
}
