package io.fdsentry.look;

import static io.fdsentry.look.Dashboard.objects;
import static io.fdsentry.look.Dashboard.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.fdsentry.look.Dashboard.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the dashboards' files must hold: the contract's names, the rules that Grafana's own linter of
/// dashboards has, and that the person who is called sees at once what matters.
class DashboardsTest {
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z][a-z0-9_:]*)\\{([^}]*)}");
    private static final Pattern RANGE = Pattern.compile("\\b([a-z_]+)\\(\\(?([a-z][a-z0-9_]*)\\{[^}]*}\\[([^\\]]+)]");
    /// Rows of the grid that a screen of 1080 lines shows below Grafana's own bars.
    private static final int SCREEN = 26;

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void theThreeOfTheContract() {
        assertEquals(
                List.of("fdsentry-fleet", "fdsentry-process", "fdsentry-self"),
                Dashboard.all().stream().map(Dashboard::uid).toList());
        Dashboard.all().forEach(dashboard -> assertEquals(dashboard.uid(), text(dashboard.json(), "uid")));
    }

    @Test
    void everyMetricAndRecordedSeriesExists() throws IOException {
        Set<String> known = found("(?m)^# TYPE (\\S+)", Path.of("src/test/resources/golden.txt"));
        known.addAll(found("record: (\\S+)", Path.of("deploy/prometheus/fdsentry.rules.yml")));
        known.addAll(Set.of("up", "scrape_samples_scraped"));
        Set<String> unknown = new TreeSet<>();
        for (Dashboard dashboard : Dashboard.all()) {
            Stream.concat(dashboard.shown().stream(), dashboard.offered().stream())
                    .flatMap(query -> Pattern.compile(
                                    "\\b(?:fdsentry[_:]|process_|jvm_|up|scrape_)[a-z0-9_:]*(?=[{,)]|$)")
                            .matcher(query.expression())
                            .results())
                    .map(match -> match.group().replaceFirst("_(bucket|sum|count)$", ""))
                    .filter(name -> !known.contains(name))
                    .forEach(unknown::add);
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everythingOfAProcessIsShownSomewhere() {
        String shown = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.shown().stream())
                .map(Query::expression)
                .collect(Collectors.joining("\n"));
        for (String metric : List.of(
                "open_fds",
                "max_fds",
                "max_fds_hard",
                "effective_max_fds",
                "fds",
                "deleted_files",
                "sockets",
                "tcp_sockets",
                "tcp_sockets_older",
                "stale_sockets",
                "tcp_established_without_keepalive",
                "tcp_queue_bytes",
                "peer_sockets",
                "threads",
                "goroutines",
                "goroutines_blocked",
                "goroutine_site_blocked",
                "goroutine_source_info",
                "start_time_seconds",
                "probe_success",
                "probe_info",
                "access_tier",
                "growth_per_second",
                "seconds_to_limit",
                "leak_state")) {
            assertTrue(shown.contains("fdsentry_process_" + metric + "{"), metric);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesAreThereAndFollowTime(Dashboard dashboard) {
        List<String> names =
                dashboard.variables().stream().map(v -> text(v, "name")).toList();
        assertEquals("datasource", names.getFirst());
        assertTrue(names.containsAll(List.of("job", "instance", "cluster", "namespace", "target")), names::toString);
        for (JsonObject variable : dashboard.variables()) {
            assertFalse(text(variable, "label").isEmpty(), variable::toString);
            if (text(variable, "type").equals("query")) {
                assertEquals(
                        "2", text(variable, "refresh"), () -> variable + " is not read again when the time changes");
                assertEquals("${datasource}", text(variable.getAsJsonObject("datasource"), "uid"));
            }
        }
        Set<String> used = new TreeSet<>();
        Stream.concat(dashboard.shown().stream(), dashboard.offered().stream())
                .forEach(query -> Pattern.compile("\\$\\{?([a-z]\\w*)")
                        .matcher(query.expression())
                        .results()
                        .forEach(match -> used.add(match.group(1))));
        names.forEach(used::remove);
        assertEquals(Set.of(), used, "variables that are used and not declared");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsInWhichUnit(Dashboard dashboard) {
        assertEquals("false", text(dashboard.json(), "editable"));
        Set<Integer> ids = new HashSet<>();
        for (JsonObject panel : dashboard.panels()) {
            String title = text(panel, "title");
            assertTrue(ids.add(panel.get("id").getAsInt()), title);
            assertFalse(title.isEmpty(), panel::toString);
            assertTrue(text(panel, "description").endsWith("."), () -> title + " has no description");
            assertEquals("${datasource}", text(panel.getAsJsonObject("datasource"), "uid"), title);
            assertFalse(objects(panel, "targets").isEmpty(), () -> title + " asks for nothing");
            JsonObject defaults = panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults");
            assertFalse(text(defaults, "unit").isEmpty(), () -> title + " has no unit");
            assertTrue(defaults.has("thresholds"), title);
            List<String> letters = objects(panel, "targets").stream()
                    .map(target -> text(target, "refId"))
                    .toList();
            assertEquals(letters.size(), Set.copyOf(letters).size(), title);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void queriesKeepToWhatWasChosen(Dashboard dashboard) {
        for (Query query : dashboard.shown()) {
            SELECTOR.matcher(query.expression()).results().forEach(match -> {
                boolean recorded = match.group(1).contains(":");
                for (String label : recorded ? List.of("cluster") : List.of("job", "instance", "cluster")) {
                    assertTrue(
                            match.group(2).contains(label + "=~\"$" + label + "\""),
                            () -> query.where() + ": " + match.group() + " does not ask for " + label);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void countersAreShownAsRatesOverGrafanasOwnInterval(Dashboard dashboard) {
        for (Query query : dashboard.shown()) {
            RANGE.matcher(query.expression()).results().forEach(match -> {
                String range = match.group(1).equals("increase") ? "1h" : "$__rate_interval";
                assertEquals(range, match.group(3), query::toString);
            });
            SELECTOR.matcher(query.expression())
                    .results()
                    .filter(match -> match.group(1).matches(".*_(total|bucket|sum)"))
                    .forEach(match -> assertTrue(
                            query.expression().contains("rate(" + match.group())
                                    || query.expression().contains("increase(" + match.group()),
                            query::toString));
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsFillTheGridWithoutCoveringEachOther(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        for (JsonObject panel : objects(dashboard.json(), "panels")) {
            JsonObject place = panel.getAsJsonObject("gridPos");
            int x = place.get("x").getAsInt();
            int y = place.get("y").getAsInt();
            for (int column = x; column < x + place.get("w").getAsInt(); column++) {
                assertTrue(column < 24, () -> text(panel, "title"));
                for (int row = y; row < y + place.get("h").getAsInt(); row++) {
                    assertTrue(taken.add(column + " " + row), () -> text(panel, "title"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void eachLinksToTheOthersAndToTheRunbooks(Dashboard dashboard) {
        Set<String> others = Dashboard.all().stream()
                .map(Dashboard::uid)
                .filter(uid -> !uid.equals(dashboard.uid()))
                .map(uid -> "/d/" + uid)
                .collect(Collectors.toCollection(TreeSet::new));
        others.add("${runbooks}");
        Set<String> linked = new TreeSet<>();
        objects(dashboard.json(), "links").forEach(link -> linked.add(text(link, "url")));
        assertEquals(others, linked);
    }

    @Test
    void whoIsCalledSeesWhatMattersWithoutScrolling() {
        Dashboard process = Dashboard.all().get(1);
        List<String> first = new ArrayList<>();
        for (JsonObject panel : process.panels()) {
            JsonObject place = panel.getAsJsonObject("gridPos");
            if (place.get("y").getAsInt() + place.get("h").getAsInt() <= SCREEN) {
                objects(panel, "targets").forEach(target -> first.add(text(target, "expr")));
            }
        }
        String shown = String.join("\n", first);
        for (String needed : List.of(
                "fdsentry_process_fds{",
                "fdsentry_process_tcp_sockets{",
                "fdsentry_process_peer_sockets{",
                "fdsentry_process_tcp_sockets_older{",
                "fdsentry_process_growth_per_second{",
                "fdsentry_process_seconds_to_limit{",
                "fdsentry_process_leak_state{",
                "fdsentry_finding_info{")) {
            assertTrue(shown.contains(needed), needed);
        }
    }

    private static Set<String> found(String regex, Path file) throws IOException {
        return Pattern.compile(regex)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
