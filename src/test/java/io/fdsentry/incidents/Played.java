package io.fdsentry.incidents;

import io.fdsentry.incidents.Course.Event;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/// One run of an incident, to its end.
///
/// @param messages what reached people, in order
/// @param records ids of the evidence that was on disk after the program was killed
/// @param evidence the last record, as `fdsentry evidence show` prints it; empty where there is none
/// @param logged the lines of fdsentry's log that tell of evidence
record Played(
        Incident incident,
        int timeScale,
        List<Moment> moments,
        List<Event> events,
        List<Message> messages,
        List<String> records,
        String evidence,
        List<String> logged) {

    /// When somebody was told the cause.
    Event toldAt() throws IOException {
        String title = told().title();
        return events.stream()
                .filter(event -> event.words().equals(title))
                .findFirst()
                .orElseThrow();
    }

    int roundsUntilTold() throws IOException {
        return moments.indexOf(toldAt().moment()) + 1;
    }

    /// The message that tells the cause; a page before a ticket.
    Message told() throws IOException {
        Message told = null;
        for (Message message : messages) {
            if (message.tells(incident.cause) && (told == null || message.kind().equals("page"))) {
                told = message;
            }
        }
        return Objects.requireNonNull(told, () -> "nobody was told " + incident.cause + ": " + messages);
    }
}
