package io.fdsentry.incidents;

import static io.fdsentry.incidents.Lookout.text;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A verdict on the guilty process that stands, with the right cause.
///
/// @param age of the process when it fell
record Conviction(Incident incident, JsonObject finding, Moment moment, Duration age) {
    /// Of limits beyond it, so many handles count as the way to the limit.
    private static final int WAY = 20_000;

    /// `detection.idle_after`, the longest of the times after which a handle is stale.
    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final int ROUNDS = 4;

    /// The one among what a round tells of processes, if it is there.
    static Optional<Conviction> of(Incident incident, List<JsonObject> processes) {
        for (JsonObject process : processes) {
            if (text(process, "target").equals(incident.target)) {
                for (JsonElement finding : process.getAsJsonArray("findings")) {
                    if (isRight(incident, finding.getAsJsonObject())) {
                        Instant started = Instant.parse(text(process, "start_time"));
                        Duration age = Duration.between(started, Instant.now());
                        return Optional.of(
                                new Conviction(incident, finding.getAsJsonObject(), new Moment(0, process), age));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isRight(Incident incident, JsonObject finding) {
        return Set.of("confirmed", "urgent").contains(text(finding, "state"))
                && text(finding, "cause").equals(incident.cause.label())
                && text(finding, "role").equals("holder")
                && (incident.peer.isEmpty() || text(finding, "peer").equals(incident.peer));
    }

    /// By a tenth of the way to the limit, or within the time a handle takes to become stale and four rounds,
    /// whichever is later; before half of the way in any case.
    void assertInTime() {
        double way = way();
        System.out.printf("%s after %d s, at %.1f %% of the way%n", incident, age.toSeconds(), 100 * way);
        Duration longest = idle().plusSeconds(ROUNDS);
        assertTrue(
                way < 0.5 && (way <= 0.1 || age.compareTo(longest) <= 0),
                () -> "%s at %.1f %% of the way, after %s: %s".formatted(incident, 100 * way, age, finding));
    }

    /// How much the leak has taken of the room there was for it: abandoned sockets, all handles where none are.
    private double way() {
        int leaked = moment.stale() > 0 ? moment.stale() : moment.handles();
        return (double) leaked / (Math.min(moment.limit(), WAY) - (moment.handles() - leaked));
    }

    private Duration idle() {
        try {
            return IDLE.dividedBy(Lookout.timeScale(incident));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It has figures: what it counts; and, where they are known, the growth and the time that is left.
    void assertComplete() {
        assertTrue(
                isPositive("growth_per_second")
                        && isPositive("seconds_to_limit")
                        && text(finding, "sentence").matches(".*\\d+ .*"),
                () -> incident + ": " + finding);
    }

    private boolean isPositive(String key) {
        JsonElement value = finding.get(key);
        return value == null || value.isJsonNull() || value.getAsDouble() > 0;
    }
}
