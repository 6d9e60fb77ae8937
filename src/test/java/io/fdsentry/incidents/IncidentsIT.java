package io.fdsentry.incidents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdsentry.model.Cause;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All incidents at once on one machine: each finding at the guilty process, with the right cause, in time, and none
/// elsewhere; the repaired programs raise nothing.
@Tag("real")
class IncidentsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static final int QUIET_ROUNDS = 30;
    private static final int LONG_QUIET_ROUNDS = 900;

    /// Of limits beyond it, so many handles count as the way to the limit.
    private static final int WAY = 20_000;

    @TempDir
    Path directory;

    private record Conviction(JsonObject finding, int handles, double limit) {
        /// How much of the way to the limit was used when it came.
        double way() {
            return handles / Math.min(limit, WAY);
        }
    }

    @Test
    void theLeakyAreConvictedInTime() throws Exception {
        Path build = Files.createDirectory(directory.resolve("programs"));
        Map<Incident, Conviction> convictions = new EnumMap<>(Incident.class);
        try (Fdsentry fdsentry = watch("leaky");
                Cast cast = Cast.start(List.of(Incident.values()), "leaky", build)) {
            await(fdsentry, cast, convictions);
            assertOnlyTheGuilty(fdsentry);
            cast.close();
            assertEvidenceOfTheDead();
        }
        convictions.forEach(IncidentsIT::assertInTime);
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

    private void watchTheRepaired(int rounds) throws Exception {
        Path build = Files.createDirectory(directory.resolve("programs"));
        try (Fdsentry fdsentry = watch("repaired");
                Cast cast = Cast.start(List.of(Incident.values()), "repaired", build)) {
            assertQuiet(fdsentry, cast, rounds);
        }
    }

    private Fdsentry watch(String mode) throws IOException {
        String config = Files.readString(Path.of("src/incidents/config.yaml"))
                .replace(
                        "/tmp/fdsentry-evidence",
                        directory.resolve("evidence-" + mode).toString());
        Path file = Files.writeString(directory.resolve(mode + ".yaml"), config);
        Fdsentry fdsentry =
                Fdsentry.start(directory, "run", "--config.file=" + file, "--web.listen-address=127.0.0.1:0");
        fdsentry.awaitLog("msg=\"first round\"");
        return fdsentry;
    }

    private static void await(Fdsentry fdsentry, Cast cast, Map<Incident, Conviction> convictions) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (convictions.size() < Incident.values().length && System.nanoTime() < end) {
            cast.assertComplete();
            List<JsonObject> findings = items(fdsentry, "/api/v1/findings");
            for (Incident incident : Incident.values()) {
                findings.stream()
                        .filter(finding -> text(finding, "target").equals(incident.target))
                        .filter(finding -> isConvicted(finding) && isToldRight(incident, finding))
                        .findFirst()
                        .ifPresent(finding -> note(fdsentry, convictions, incident, finding));
            }
            Thread.sleep(500);
        }
        List<JsonObject> findings = items(fdsentry, "/api/v1/findings");
        assertEquals(Set.of(Incident.values()), convictions.keySet(), findings::toString);
    }

    private static boolean isConvicted(JsonObject finding) {
        return Set.of("confirmed", "urgent").contains(text(finding, "state"));
    }

    private static boolean isToldRight(Incident incident, JsonObject finding) {
        return text(finding, "cause").equals(incident.cause.label())
                && text(finding, "role").equals("holder")
                && (incident.cause == Cause.UNKNOWN
                        || incident.peer.isEmpty()
                        || text(finding, "peer").equals(incident.peer));
    }

    private static void note(
            Fdsentry fdsentry, Map<Incident, Conviction> convictions, Incident incident, JsonObject finding) {
        if (convictions.containsKey(incident)) {
            return;
        }
        try {
            JsonObject fds = items(fdsentry, "/api/v1/processes").stream()
                    .filter(process -> process.get("pid").equals(finding.get("pid")))
                    .findFirst()
                    .orElseThrow()
                    .getAsJsonObject("fds");
            Conviction conviction = new Conviction(
                    finding, fds.get("open").getAsInt(), fds.get("effective").getAsDouble());
            convictions.put(incident, conviction);
            System.out.printf(
                    "%s %.1f %% of the way: %s%n", incident, 100 * conviction.way(), text(finding, "sentence"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertInTime(Incident incident, Conviction conviction) {
        assertTrue(conviction.way() < 0.5, incident + " at " + conviction);
    }

    /// Whoever is at the other end of a leak has no finding of its own.
    private static void assertOnlyTheGuilty(Fdsentry fdsentry) throws Exception {
        Set<String> guilty = new TreeSet<>();
        for (Incident incident : Incident.values()) {
            guilty.add(incident.target);
        }
        Set<String> accused = new TreeSet<>();
        for (JsonObject finding : items(fdsentry, "/api/v1/findings")) {
            if (text(finding, "role").equals("holder") && isConvicted(finding)) {
                accused.add(text(finding, "target"));
            }
        }
        assertEquals(guilty, accused);
    }

    private void assertEvidenceOfTheDead() {
        for (Incident incident : Incident.values()) {
            for (String occasion : List.of("(confirmed|urgent)", "ended")) {
                Pattern name = Pattern.compile("-" + incident.target + "-\\d+-" + occasion);
                Await.value(
                        occasion + " of " + incident.target,
                        this::records,
                        records -> records.stream()
                                .anyMatch(record -> name.matcher(record).find()));
            }
        }
    }

    private List<String> records() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("evidence-leaky"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void assertQuiet(Fdsentry fdsentry, Cast cast, int rounds) throws Exception {
        List<String> accused = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(rounds).toNanos();
        Await.until("all targets", () -> items(fdsentry, "/api/v1/processes").size() >= 12);
        while (System.nanoTime() < end) {
            for (JsonObject finding : items(fdsentry, "/api/v1/findings")) {
                if (!text(finding, "state").equals("none")) {
                    accused.add(
                            text(finding, "target") + " " + text(finding, "state") + ": " + text(finding, "sentence"));
                }
            }
            assertEquals(List.of(), accused);
            Thread.sleep(1000);
        }
        cast.assertComplete();
    }

    private static List<JsonObject> items(Fdsentry fdsentry, String path) throws Exception {
        return JsonParser.parseString(fdsentry.get(path).body())
                .getAsJsonObject()
                .getAsJsonArray("items")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String text(JsonObject finding, String key) {
        JsonElement value = finding.get(key);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }
}
