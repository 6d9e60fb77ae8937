package io.fdsentry.incidents;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Fdsentry;
import io.fdsentry.testing.Inbox;
import io.fdsentry.testing.Monitoring;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// fdsentry, as it is packaged, beside incidents: it watches what `src/incidents/config.yaml` says of them, and
/// nothing else.
final class Lookout implements AutoCloseable {
    private static final Path CONFIG = Path.of("src/incidents/config.yaml");
    private static final String EVIDENCE = "/tmp/fdsentry-evidence";
    private static final Pattern TARGET = Pattern.compile(" +- \\{name: (\\w+),.*");
    private static final Pattern TIME_SCALE = Pattern.compile("time_scale: (\\d+)");

    private final Path folder;
    private final Set<String> targets;
    private final Fdsentry fdsentry;

    private Lookout(Path folder, Set<String> targets, Fdsentry fdsentry) {
        this.folder = folder;
        this.targets = targets;
        this.fdsentry = fdsentry;
    }

    /// What one round knew.
    ///
    /// @param number differs from that of every other round
    record Round(String number, List<JsonObject> processes) {}

    /// @param folder for its configuration, log and evidence
    static Lookout start(Path folder, Collection<Incident> incidents) throws IOException {
        String text = configuration(incidents)
                .replace(EVIDENCE, folder.resolve("evidence").toString());
        Path config = Files.writeString(folder.resolve("config.yaml"), text);
        Fdsentry fdsentry = Fdsentry.startDistribution(
                folder, "run", "--config.file=" + config, "--web.listen-address=127.0.0.1:0");
        fdsentry.awaitLog("msg=\"first round\"");
        return new Lookout(folder, targets(incidents), fdsentry);
    }

    /// The lines of the configuration that incidents need, without comments.
    static String configuration(Collection<Incident> incidents) throws IOException {
        Set<String> targets = targets(incidents);
        return Files.readAllLines(CONFIG).stream()
                .filter(Predicate.not(line -> line.startsWith("#")))
                .filter(line -> {
                    Matcher target = TARGET.matcher(line);
                    return !target.matches() || targets.contains(target.group(1));
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// What divides the times of the guilty target.
    static int timeScale(Incident incident) throws IOException {
        return TIME_SCALE
                .matcher(configuration(List.of(incident)))
                .results()
                .mapToInt(scale -> Integer.parseInt(scale.group(1)))
                .max()
                .orElse(1);
    }

    private static Set<String> targets(Collection<Incident> incidents) {
        return incidents.stream().flatMap(Incident::targets).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Waits until a process of each target is seen.
    void awaitAll(Cast cast) {
        Await.value(
                "processes of " + targets,
                Await.LONG.multipliedBy(3),
                () -> {
                    cast.assertComplete();
                    return round(cast).processes().stream()
                            .map(process -> text(process, "target"))
                            .collect(Collectors.toCollection(TreeSet::new));
                },
                targets::equals);
    }

    /// Of the programs of a cast.
    Round round(Cast cast) throws IOException, InterruptedException {
        HttpResponse<String> answer = fdsentry.get("/api/v1/processes");
        Set<Long> pids = cast.pids();
        List<JsonObject> processes = items(answer.body()).stream()
                .filter(process -> pids.contains(process.get("pid").getAsLong()))
                .toList();
        return new Round(answer.headers().firstValue("ETag").orElseThrow(), processes);
    }

    /// Every finding that stands against a cast, in words.
    List<String> accusations(Cast cast) throws IOException, InterruptedException {
        Set<Long> pids = cast.pids();
        return items(fdsentry.get("/api/v1/findings").body()).stream()
                .filter(finding -> pids.contains(finding.get("pid").getAsLong()))
                .filter(finding -> !text(finding, "state").equals("none"))
                .map(finding ->
                        text(finding, "target") + " " + text(finding, "state") + ": " + text(finding, "sentence"))
                .toList();
    }

    private static List<JsonObject> items(String json) {
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("items").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /// The text under a key; empty where there is none.
    static String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    int port() {
        return fdsentry.port();
    }

    /// A real Prometheus that scrapes it, and a real Alertmanager, with the shipped rules.
    ///
    /// @param speed what divides the times of the rules
    /// @param inbox in the place of the people
    Monitoring monitored(int speed, Inbox inbox) throws Exception {
        return Monitoring.start(folder, speed, inbox, List.of(new Monitoring.Scraped(port(), "{}")));
    }

    /// Waits until evidence of the verdict and of the end of a killed program is on disk, and the log names its
    /// cause.
    void awaitProof(Incident incident) {
        for (String occasion : List.of("(confirmed|urgent)", "ended")) {
            String name = ".*-" + incident.target + "-\\d+-" + occasion;
            Await.value(
                    name + " in the evidence",
                    this::records,
                    records -> records.stream().anyMatch(record -> record.matches(name)));
            Await.value(
                    name + " in the log, with its cause",
                    () -> logged(incident.target),
                    lines -> lines.stream()
                            .anyMatch(line -> line.matches(".* evidence=" + name + " .*")
                                    && line.contains(" cause=" + incident.cause.label() + " ")));
        }
    }

    /// The ids of the evidence on disk.
    List<String> records() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("evidence"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
                    .sorted()
                    .toList();
        }
    }

    /// A record as a person reads it, who has only the disk.
    String show(String record) throws IOException {
        String directory = "--evidence.directory=" + folder.resolve("evidence");
        try (Fdsentry command = Fdsentry.startDistribution(folder, "evidence", "show", record, directory)) {
            return command.end().out();
        }
    }

    /// The lines of its log that tell of evidence of a target.
    List<String> logged(String target) throws IOException {
        return fdsentry.log()
                .lines()
                .filter(line -> line.contains("msg=\"evidence: ") && line.contains(" target=" + target + " "))
                .toList();
    }

    @Override
    public void close() {
        fdsentry.close();
    }
}
