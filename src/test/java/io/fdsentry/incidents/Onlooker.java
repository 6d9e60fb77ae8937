package io.fdsentry.incidents;

import static io.fdsentry.incidents.Lookout.text;

import io.fdsentry.look.Dashboard;
import io.fdsentry.look.Viewer;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Monitoring;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Somebody who has the dashboards open while the incidents stand: the fleet, fdsentry itself, and the guilty
/// process of each incident. Everything there is to show has to be shown.
final class Onlooker {
    /// Until the last verdict; a machine too busy to be scraped leaves holes.
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Monitoring monitoring;
    private final Map<String, Dashboard> dashboards;
    private final Map<String, String> blanks = new TreeMap<>();

    private Onlooker(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.dashboards = Dashboard.all().stream().collect(Collectors.toMap(Dashboard::uid, dashboard -> dashboard));
    }

    /// Waits until every panel, annotation and variable has shown something, but for those that are a [Blank].
    static void awaitEverything(Monitoring monitoring, Lookout lookout, Cast cast) throws Exception {
        long begin = System.nanoTime();
        Onlooker onlooker = new Onlooker(monitoring);
        onlooker.look("fdsentry-fleet", Map.of(), null);
        String instance = "127.0.0.1:" + lookout.port();
        onlooker.look("fdsentry-self", Map.of("job", "fdsentry", "instance", instance), null);
        for (Incident incident : Incident.values()) {
            String pid = guilty(lookout, cast, incident);
            Map<String, String> picks = Map.of("instance", instance, "target", incident.target, "pid", pid);
            onlooker.look("fdsentry-process", new TreeMap<>(picks), incident);
        }
        onlooker.blanks.forEach((where, reason) -> System.out.println("empty: " + where + ": " + reason));
        System.out.printf("dashboards looked at for %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    /// The pid of the process that leaks.
    private static String guilty(Lookout lookout, Cast cast, Incident incident) {
        return Await.value(
                "a finding about " + incident.target,
                PATIENCE,
                () -> lookout.round(cast).processes().stream()
                        .filter(process -> text(process, "target").equals(incident.target))
                        .filter(process -> !process.getAsJsonArray("findings").isEmpty())
                        .map(process -> text(process, "pid"))
                        .findFirst()
                        .orElse(""),
                pid -> !pid.isEmpty());
    }

    /// @param incident whose process it is; null where all are looked at
    private void look(String uid, Map<String, String> picks, @Nullable Incident incident) {
        Viewer viewer = new Viewer(Objects.requireNonNull(dashboards.get(uid), uid), monitoring);
        picks.forEach((variable, value) -> Await.until(
                uid + " offers " + value + " as " + variable, PATIENCE, () -> viewer.pick(variable, value)));
        Await.value("all of " + viewer, PATIENCE, () -> unexpected(viewer, incident), Set::isEmpty);
    }

    private Set<String> unexpected(Viewer viewer, @Nullable Incident incident)
            throws IOException, InterruptedException {
        Set<String> unexpected = new TreeSet<>();
        for (String where : viewer.empty()) {
            Blank blank = Blank.of(where, incident);
            if (blank == null) {
                unexpected.add(where);
            } else {
                blanks.put(where, blank.reason());
            }
        }
        return unexpected;
    }
}
