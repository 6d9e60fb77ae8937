package io.fdsentry.incidents;

import static io.fdsentry.incidents.Lookout.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Inbox;
import io.fdsentry.testing.Monitoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All incidents at once on one machine, from nothing to the page: each finding at the guilty process, with the
/// right cause, in time, told to people once, shown on the dashboards, and proved after its death; no word of anybody
/// else, nor of the repaired programs.
@Tag("real")
class IncidentsIT {
    private static final List<Incident> ALL = List.of(Incident.values());
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static final int SPEED = 60;
    private static final int QUIET_ROUNDS = 30;
    private static final int LONG_QUIET_ROUNDS = 900;

    @TempDir
    Path directory;

    @Test
    void theLeakyAreConvictedInTimeAndToldOnce() throws Exception {
        Path build = Files.createDirectory(directory.resolve("programs"));
        try (Inbox inbox = Inbox.open();
                Lookout lookout = Lookout.start(directory, ALL);
                Cast cast = Cast.start(ALL, "leaky", build)) {
            lookout.awaitAll(cast);
            try (Monitoring monitoring = lookout.monitored(SPEED, inbox)) {
                Map<Incident, Conviction> convictions = awaitConvictions(lookout, cast);
                convictions.values().forEach(Conviction::assertComplete);
                convictions.values().forEach(Conviction::assertInTime);
                awaitMessages(inbox);
                Onlooker.awaitEverything(monitoring, lookout, cast);
                assertOnlyTheGuilty(lookout, cast, inbox);
            }
            kill(lookout, cast);
            for (Incident incident : ALL) {
                lookout.awaitProof(incident);
            }
        }
    }

    @Test
    void theRepairedRaiseNothing() throws Exception {
        watchTheRepaired(QUIET_ROUNDS);
    }

    /// Five times as many rounds as the last conviction of the leaky takes.
    @Test
    @Tag("full")
    void theRepairedRaiseNothingForLong() throws Exception {
        watchTheRepaired(LONG_QUIET_ROUNDS);
    }

    private static Map<Incident, Conviction> awaitConvictions(Lookout lookout, Cast cast) {
        Map<Incident, Conviction> convictions = new EnumMap<>(Incident.class);
        Await.value(
                "verdicts",
                PATIENCE,
                () -> {
                    cast.assertComplete();
                    List<JsonObject> processes = lookout.round(cast).processes();
                    for (Incident incident : ALL) {
                        if (!convictions.containsKey(incident)) {
                            Conviction.of(incident, processes).ifPresent(found -> convictions.put(incident, found));
                        }
                    }
                    return ALL.stream()
                            .filter(incident -> !convictions.containsKey(incident))
                            .map(incident -> incident + ": " + findings(processes, incident.target))
                            .toList();
                },
                List::isEmpty);
        return convictions;
    }

    private static List<String> findings(List<JsonObject> processes, String target) {
        return processes.stream()
                .filter(process -> text(process, "target").equals(target))
                .map(process -> process.get("findings").toString())
                .toList();
    }

    /// Each is told with its cause; requests that hang wake somebody.
    private static void awaitMessages(Inbox inbox) {
        for (Incident incident : ALL) {
            String kind = incident == Incident.I4 ? "page" : "page|ticket";
            String what = "a " + kind + " of " + incident + " that tells " + incident.cause.label();
            Await.value(what, PATIENCE, () -> untold(incident, kind, inbox), List::isEmpty);
        }
    }

    /// What was said instead; nothing where it was told as it should be.
    private static List<String> untold(Incident incident, String kind, Inbox inbox) throws IOException {
        List<String> said = new ArrayList<>(List.of("nothing"));
        for (Message message : Message.about(incident.target, inbox)) {
            if (message.kind().matches(kind) && message.tells(incident.cause)) {
                return List.of();
            }
            said.add(message.title());
        }
        return said;
    }

    /// Whoever is at the other end of a leak has neither a verdict nor a message of its own.
    private static void assertOnlyTheGuilty(Lookout lookout, Cast cast, Inbox inbox) throws Exception {
        Set<String> accused = lookout.round(cast).processes().stream()
                .filter(process -> Set.of("confirmed", "urgent").contains(text(process, "leak_state")))
                .map(process -> text(process, "target"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                ALL.stream().map(incident -> incident.target).collect(Collectors.toCollection(TreeSet::new)), accused);
        for (Incident incident : ALL) {
            incident.targets().forEach(target -> assertToldOnce(inbox, target, target.equals(incident.target)));
        }
    }

    private static void assertToldOnce(Inbox inbox, String target, boolean guilty) {
        Set<String> leaks = inbox.tickets("firing").stream()
                .filter(ticket ->
                        text(ticket.getAsJsonObject("labels"), "target").equals(target))
                .filter(ticket ->
                        text(ticket.getAsJsonObject("labels"), "alertname").equals("FdsentryLeakConfirmed"))
                .map(ticket ->
                        text(ticket.getAsJsonObject("labels"), "resource") + " since " + text(ticket, "startsAt"))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> pages = inbox.pages("trigger").stream()
                .map(page -> text(page.getAsJsonObject("payload"), "summary"))
                .filter(summary -> summary.startsWith(target + " "))
                .toList();
        if (guilty) {
            assertTrue(leaks.size() <= 2 && pages.size() <= 1, () -> target + ": " + leaks + pages);
        } else {
            assertEquals(
                    List.of(), Stream.concat(leaks.stream(), pages.stream()).toList(), target);
        }
    }

    private static void kill(Lookout lookout, Cast cast) throws Exception {
        for (JsonObject process : lookout.round(cast).processes()) {
            if (ALL.stream().anyMatch(incident -> incident.target.equals(text(process, "target")))) {
                ProcessHandle.of(process.get("pid").getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private void watchTheRepaired(int rounds) throws Exception {
        Path build = Files.createDirectory(directory.resolve("programs"));
        try (Lookout lookout = Lookout.start(directory, ALL);
                Cast cast = Cast.start(ALL, "repaired", build)) {
            lookout.awaitAll(cast);
            Set<String> numbers = new TreeSet<>();
            Await.until(rounds + " rounds", PATIENCE.plusSeconds(3L * rounds), () -> {
                numbers.add(lookout.round(cast).number());
                assertEquals(List.of(), lookout.accusations(cast));
                cast.assertComplete();
                return numbers.size() >= rounds;
            });
        }
    }
}
