package io.fdsentry.cli.demo;

import static io.fdsentry.cli.demo.Cast.CONTROLLER;
import static io.fdsentry.cli.demo.Cast.RULER;
import static io.fdsentry.cli.demo.Cast.STORE;

import io.fdsentry.ListenAddress;
import io.fdsentry.Signals;
import io.fdsentry.cli.inspect.Figures;
import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.evidence.EvidenceStore;
import io.fdsentry.model.EvidenceSummary;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens, and what is told of it.
final class Story {
    /// How many times as fast as in life: five minutes of CLOSE_WAIT pass in twenty seconds.
    private static final int TIME_SCALE = 15;

    /// But for the targets, and where the evidence goes.
    static final String CONFIG = "sampling: {interval: 1s, budget: 0.3}\ndetection: {time_scale: " + TIME_SCALE + "}\n";

    /// Far more than it takes, on a busy machine too.
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(15);
    /// Connections are listed in the round after suspicion, which at this speed comes with the verdict.
    private static final int ROUNDS_TO_EXPLAIN = 5;
    private static final double USUAL_ALERT = .8;

    private final Narrator narrator;
    private final Cast cast;
    private final Watching watching;
    private final Signals signals;
    private final ListenAddress address;
    private final Path evidence;

    /// @param address where the page is served
    /// @param evidence where records are kept
    Story(Narrator narrator, Cast cast, Watching watching, Signals signals, ListenAddress address, Path evidence) {
        this.narrator = narrator;
        this.cast = cast;
        this.watching = watching;
        this.signals = signals;
        this.address = address;
        this.evidence = evidence;
    }

    /// From the beginning to the end.
    ///
    /// @param hold how long the leak goes on when it is confirmed
    /// @throws IOException in words for a person, if it cannot go on, or fdsentry judges wrongly
    /// @throws InterruptedException if the end is asked for
    void tell(Duration hold) throws IOException, InterruptedException {
        introduce();
        Duration taken = leak(hold);
        repair();
        rest(taken);
        narrator.say("", "That was the demo. For processes of your own: fdsentry run, or one look: fdsentry inspect");
    }

    private void introduce() {
        narrator.print(page -> {
            page.title("A leak as it happened, on loopback.", "Ctrl-C ends it, and everything it started.");
            page.blank();
            page.entry(
                    RULER,
                    "evaluates rules. " + Ruler.QUERIES + " connections to the store come and go; and it tells"
                            + " the controller that it is alive, and does not close the answers.");
            page.entry(CONTROLLER, who(CONTROLLER) + ", ends connections on which nothing comes for a second");
            page.entry(STORE, who(STORE) + ", is as it should be");
            page.entry(
                    "faster",
                    Ruler.BEATS + " heartbeats a second, for one in 30 seconds; and the times of fdsentry are"
                            + " divided by " + TIME_SCALE + ".");
            page.blank();
            page.entry("to watch", "http://" + address.reachable() + "/");
            page.blank();
        });
    }

    private String who(String name) {
        return "127.0.0.1:" + cast.actor(name).port();
    }

    /// @return how long it took until the leak was confirmed
    private Duration leak(Duration hold) throws IOException, InterruptedException {
        Scene scene = scene();
        Moment moment = scene.next();
        while (moment.state().compareTo(LeakState.CONFIRMED) < 0) {
            if (scene.passed().compareTo(LONGEST) > 0) {
                throw new IOException("the leak is not found: is the machine too busy for a sample each second?");
            }
            moment = scene.next();
        }
        Duration taken = scene.passed();
        for (int i = 0; i < ROUNDS_TO_EXPLAIN && !moment.isExplained(); i++) {
            moment = scene.next();
        }
        convict(moment, taken);
        narrator.say(
                "",
                hold.isZero()
                        ? ""
                        : "The leak goes on for " + hold.toSeconds() + " s, to be looked at: http://"
                                + address.reachable() + "/");
        scene.play(hold);
        return taken;
    }

    private Scene scene() {
        return new Scene(narrator, cast, watching, signals);
    }

    private void convict(Moment moment, Duration taken) {
        Finding finding = moment.finding();
        if (finding == null) {
            return;
        }
        narrator.print(page -> {
            page.blank();
            page.alert(
                    Tone.BAD,
                    "%s after %d s: %s, process %d, leaks %s"
                            .formatted(
                                    finding.state().name(),
                                    taken.toSeconds(),
                                    RULER,
                                    finding.process().pid(),
                                    to(finding)));
            page.blank();
            page.entry("why", finding.sentence());
            page.entry("cause", finding.cause().label());
            page.entry("time left", left(finding.secondsToLimit()));
            page.entry("dashboards", dashboard(moment, finding));
            page.entry("evidence", "recorded before anyone restarts anything, in " + evidence);
        });
    }

    private static String to(Finding finding) {
        String name = finding.peerProcess().isEmpty() ? "" : " (" + finding.peerProcess() + ")";
        return finding.peer().isEmpty() ? finding.resource().label() : "connections to " + finding.peer() + name;
    }

    private static String left(@Nullable Double seconds) {
        return seconds == null || seconds.isInfinite()
                ? "not known yet"
                : Figures.age(Duration.ofSeconds(seconds.longValue()));
    }

    /// What people would have seen who draw descriptors against the limit.
    private static String dashboard(Moment moment, Finding finding) {
        String used = "show " + Figures.of(moment.fds(), moment.limit()) + ": green.";
        Long limit = moment.limit();
        Double growth = finding.growthPerSecond();
        if (limit == null || growth == null || growth <= 0) {
            return used;
        }
        long seconds = (long) ((USUAL_ALERT * limit - moment.fds()) / growth);
        return used + " The usual alert, at 80 %, comes in " + Figures.age(Duration.ofSeconds(Math.max(0, seconds)))
                + ", and does not say why.";
    }

    private void repair() throws IOException, InterruptedException {
        narrator.say(
                "",
                "Now the ruler is ended and started again, with its answers closed. Elsewhere that ends the"
                        + " evidence as well; here it is kept:");
        cast.repair();
        awaitRecord(Occasion.ENDED);
        List<EvidenceSummary> records = EvidenceStore.of(evidence).list();
        records.stream()
                .sorted(Comparator.comparing(EvidenceSummary::recordedAt))
                .forEach(record -> narrator.line(
                        Tone.NORMAL, "  %-10s %s".formatted(record.occasion().label(), record.id())));
        narrator.say("");
    }

    private void awaitRecord(Occasion occasion) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(RECORDED_WITHIN);
        while (EvidenceStore.of(evidence).list().stream().noneMatch(record -> record.occasion() == occasion)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("the end of the leaking process was not recorded");
            }
            Scene.pause(signals);
        }
    }

    /// @throws IOException if something is raised
    private void rest(Duration length) throws IOException, InterruptedException {
        Scene scene = scene();
        int rounds = 0;
        Moment moment = scene.next();
        while (scene.passed().compareTo(length) < 0) {
            if (moment.state() != LeakState.NONE) {
                throw new IOException("fdsentry suspects the repaired program: " + moment.finding());
            }
            rounds++;
            moment = scene.next();
        }
        narrator.say("");
        narrator.line(
                Tone.STRONG,
                "Repaired: %d fds, %d in CLOSE_WAIT, and nothing raised in %d samples."
                        .formatted(moment.fds(), moment.closeWait(), rounds));
    }
}
