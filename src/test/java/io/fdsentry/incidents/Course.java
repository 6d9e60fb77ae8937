package io.fdsentry.incidents;

import static io.fdsentry.incidents.Lookout.text;

import com.google.gson.JsonObject;
import io.fdsentry.incidents.Lookout.Round;
import io.fdsentry.testing.Inbox;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What became of an incident, as it unfolds: every round of fdsentry, each change of its mind, and each message
/// that reached somebody. A thread of its own looks.
final class Course implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Lookout lookout;
    private final Cast cast;
    private final Incident incident;
    private final Inbox inbox;
    private final Consumer<Event> listener;
    private final List<Moment> moments = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::look);
    private volatile boolean over;
    private long began;
    private String round = "";
    private String mind = "none";

    private Course(Lookout lookout, Cast cast, Incident incident, Inbox inbox, Consumer<Event> listener) {
        this.lookout = lookout;
        this.cast = cast;
        this.incident = incident;
        this.inbox = inbox;
        this.listener = listener;
    }

    /// Something worth telling; a message that says again what one before it said is not.
    ///
    /// @param what a state of the verdict, `page` or `ticket`, or what was done
    /// @param moment the last round before it
    record Event(String what, double second, Moment moment, String words) {}

    /// @param listener hears each event at once
    static Course begin(Lookout lookout, Cast cast, Incident incident, Inbox inbox, Consumer<Event> listener) {
        Course course = new Course(lookout, cast, incident, inbox, listener);
        course.thread.start();
        return course;
    }

    private void look() {
        while (!over) {
            try {
                lookAgain();
            } catch (IOException e) {
                // the daemon is busy; who waits for what it tells has a deadline
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void lookAgain() throws IOException, InterruptedException {
        Round now = lookout.round(cast);
        if (!now.number().equals(round)) {
            round = now.number();
            now.processes().stream()
                    .filter(process -> text(process, "target").equals(incident.target))
                    .filter(process -> process.getAsJsonObject("fds").has("open"))
                    .min(Comparator.comparing(process -> text(process, "start_time")))
                    .ifPresent(this::notice);
        }
        for (Message message : Message.about(incident.target, inbox)) {
            if (!messages.contains(message)) {
                boolean said = messages.stream().anyMatch(message::hasTitleOf);
                messages.add(message);
                if (!said) {
                    happened(message.kind(), message.title());
                }
            }
        }
    }

    private void notice(JsonObject process) {
        if (moments.isEmpty()) {
            began = System.nanoTime();
        }
        Moment moment = new Moment(second(), process);
        moments.add(moment);
        JsonObject finding = moment.finding();
        String now = moment.state() + " " + (finding == null ? "" : text(finding, "cause"));
        if (!now.trim().equals(mind)) {
            mind = now.trim();
            happened(moment.state(), finding == null ? "nothing stands" : text(finding, "sentence"));
        }
    }

    private double second() {
        return (System.nanoTime() - began) / 1e9;
    }

    /// Notes what happens now.
    void happened(String what, String words) {
        if (!moments.isEmpty()) {
            Event event = new Event(what, second(), moments.getLast(), words);
            events.add(event);
            listener.accept(event);
        }
    }

    /// One for each round in which the process was seen.
    List<Moment> moments() {
        return moments;
    }

    List<Event> events() {
        return events;
    }

    /// In order of arrival.
    List<Message> messages() {
        return messages;
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
