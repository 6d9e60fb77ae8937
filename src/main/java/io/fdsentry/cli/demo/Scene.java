package io.fdsentry.cli.demo;

import io.fdsentry.Signals;
import io.fdsentry.cli.inspect.Figures;
import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.model.Board;
import io.fdsentry.model.LeakState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One life of the ruler, round by round; every few rounds, and whenever fdsentry changes its mind, a line of figures.
final class Scene {
    /// Far longer than any round takes, on a busy machine too.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final long GLANCE_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration LINE_EVERY = Duration.ofSeconds(3);
    private static final String COLUMNS = "%7s %7s %11s %6s %13s %9s   %s";

    private final Narrator narrator;
    private final Cast cast;
    private final Watching watching;
    private final Signals signals;
    private final Instant began = Instant.now();
    private final int pid;
    private Instant seen = began;
    private Instant told = Instant.EPOCH;
    private LeakState said = LeakState.NONE;

    Scene(Narrator narrator, Cast cast, Watching watching, Signals signals) {
        this.narrator = narrator;
        this.cast = cast;
        this.watching = watching;
        this.signals = signals;
        this.pid = cast.actor(Cast.RULER).pid();
        narrator.line(
                Tone.FAINT,
                COLUMNS.formatted("", "fds", "CLOSE_WAIT", "dead", "ESTABLISHED", "of limit", "fdsentry says"));
    }

    /// Since it began.
    Duration passed() {
        return Duration.between(began, seen);
    }

    /// Goes on for some time.
    void play(Duration length) throws IOException, InterruptedException {
        Duration end = passed().plus(length);
        while (passed().compareTo(end) < 0) {
            next();
        }
    }

    /// Waits for the next round.
    ///
    /// @throws IOException in words for a person, if there is none
    /// @throws InterruptedException if the end is asked for
    Moment next() throws IOException, InterruptedException {
        Moment moment = look();
        while (moment == null || !moment.at().isAfter(seen)) {
            if (Duration.between(seen, Instant.now()).compareTo(LONGEST) > 0) {
                throw new IOException("no sample for a minute: either the machine is too busy, or the programs of the"
                        + " demo may not be looked into");
            }
            cast.assertComplete();
            pause(signals);
            moment = look();
        }
        seen = moment.at();
        if (moment.state() != said || !told.plus(LINE_EVERY).isAfter(seen)) {
            tell(moment);
        }
        return moment;
    }

    /// Waits for a moment.
    ///
    /// @throws InterruptedException if the end is asked for
    static void pause(Signals signals) throws InterruptedException {
        if (signals.awaitStop(GLANCE_NANOS)) {
            throw new InterruptedException("the end was asked for");
        }
    }

    private @Nullable Moment look() throws IOException {
        Board board = watching.board();
        return board == null ? null : Moment.of(board, pid);
    }

    private void tell(Moment moment) {
        told = seen;
        said = moment.state();
        Long limit = moment.limit();
        narrator.line(
                tone(said),
                COLUMNS.formatted(
                        passed().toSeconds() + " s",
                        moment.fds(),
                        moment.closeWait(),
                        moment.dead(),
                        moment.established(),
                        limit == null ? "no limit" : Figures.percent(moment.fds(), limit),
                        said == LeakState.NONE ? "nothing" : said.name()));
    }

    private static Tone tone(LeakState state) {
        return switch (state) {
            case NONE -> Tone.NORMAL;
            case SUSPECTED -> Tone.POOR;
            case CONFIRMED, URGENT -> Tone.BAD;
        };
    }
}
