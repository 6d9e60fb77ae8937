package io.fdsentry.incidents;

import com.google.gson.JsonObject;
import io.fdsentry.incidents.Course.Event;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Inbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Where one incident is played: its programs, fdsentry as it is packaged, a real Prometheus and a real
/// Alertmanager with the shipped rules at the same speed, and an inbox in the place of the people.
final class Stage implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Set<String> CONVICTED = Set.of("confirmed", "urgent");

    /// After it was told the story goes on for so many rounds, to show what comes.
    private static final int EPILOGUE = 45;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Incident incident;
    private final Lookout lookout;
    private final Inbox inbox;
    private final Cast cast;
    private final Course course;

    /// @param folder for everything that is written; new
    private Stage(Incident incident, String mode, Path folder, Consumer<Event> listener) throws Exception {
        this.incident = incident;
        try {
            Path programs = Files.createDirectories(folder.resolve("programs"));
            inbox = keep(Inbox.open());
            lookout = keep(Lookout.start(folder, List.of(incident)));
            cast = keep(Cast.start(List.of(incident), mode, programs));
            course = keep(Course.begin(lookout, cast, incident, inbox, listener));
            lookout.awaitAll(cast);
            keep(lookout.monitored(Lookout.timeScale(incident), inbox));
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    /// Plays the leaky programs until somebody was told why, and kills the guilty one.
    static Played leaky(Incident incident, Path folder, Consumer<Event> listener) throws Exception {
        try (Stage stage = new Stage(incident, "leaky", folder, listener)) {
            Course course = stage.course;
            stage.await("a verdict with cause " + incident.cause.label(), () -> stage.isConvicted());
            stage.await("a page or ticket that tells " + incident.cause.label(), () -> stage.isTold());
            int end = course.moments().size() + EPILOGUE;
            stage.await("the epilogue", () -> course.moments().size() >= end);
            course.close();
            stage.kill();
            String last = stage.awaitEvidence();
            return stage.played(stage.lookout.show(last));
        }
    }

    /// Plays the repaired programs for so many rounds.
    static Played repaired(Incident incident, Path folder, int rounds, Consumer<Event> listener) throws Exception {
        try (Stage stage = new Stage(incident, "repaired", folder, listener)) {
            Await.until(rounds + " rounds", LONGEST.plusSeconds(3L * rounds), () -> {
                stage.cast.assertComplete();
                return stage.course.moments().size() >= rounds;
            });
            return stage.played("");
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(String what, Condition condition) {
        Await.until(what, LONGEST, () -> {
            cast.assertComplete();
            return condition.holds();
        });
    }

    private boolean isConvicted() {
        Moment now = course.moments().getLast();
        JsonObject finding = now.finding();
        return finding != null
                && CONVICTED.contains(now.state())
                && Lookout.text(finding, "cause").equals(incident.cause.label());
    }

    private boolean isTold() throws IOException {
        for (Message message : course.messages()) {
            if (message.tells(incident.cause)) {
                return true;
            }
        }
        return false;
    }

    private void kill() throws InterruptedException {
        long pid = course.moments().getLast().process().get("pid").getAsLong();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        course.happened("killed", "kill -9 " + pid);
    }

    /// The id of the record that was made after the death.
    private String awaitEvidence() {
        String ended = "-" + incident.target + "-\\d+-ended";
        List<String> records = Await.value(
                "evidence " + ended,
                lookout::records,
                found -> found.stream().anyMatch(record -> record.matches(".*" + ended)));
        String last = records.stream()
                .filter(record -> record.matches(".*" + ended))
                .findFirst()
                .orElseThrow();
        course.happened("evidence", last);
        return last;
    }

    private Played played(String evidence) throws IOException {
        return new Played(
                incident,
                Lookout.timeScale(incident),
                List.copyOf(course.moments()),
                List.copyOf(course.events()),
                List.copyOf(course.messages()),
                evidence.isEmpty() ? List.of() : lookout.records(),
                evidence,
                lookout.logged(incident.target));
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
