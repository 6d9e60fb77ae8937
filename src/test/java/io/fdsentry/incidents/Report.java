package io.fdsentry.incidents;

import com.google.gson.JsonObject;
import io.fdsentry.incidents.Course.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The report of one incident, as it was played: every figure in it is the run's.
final class Report {
    private static final Path FOLDER = Path.of("docs/incidents");

    /// Lines of a record that make the point.
    private static final int EXCERPT = 56;

    /// Characters of a line of the log.
    private static final int LOGGED = 1200;

    private final Played leaky;
    private final Played repaired;
    private final Incident incident;

    private Report(Played leaky, Played repaired) {
        this.leaky = leaky;
        this.repaired = repaired;
        this.incident = leaky.incident();
    }

    /// Writes it with its picture, and the list of all anew.
    static Path write(Played leaky, Played repaired) throws IOException {
        Files.createDirectories(FOLDER);
        Report report = new Report(leaky, repaired);
        Picture.draw(leaky, FOLDER.resolve(report.picture()));
        String text = report.text().replace(Path.of("").toAbsolutePath() + "/", "");
        Path file = Files.writeString(FOLDER.resolve(report.incident.folder() + ".md"), text);
        ReportList.write(FOLDER);
        return file;
    }

    private String picture() {
        return incident.folder() + ".png";
    }

    private String text() throws IOException {
        Message told = leaky.told();
        Event when = leaky.toldAt();
        return Files.readString(Scenery.of(incident)).strip()
                + """


                > %s

                ## How it was played

                `scripts/incident.sh %s`, %s, Linux %s. %s All times of fdsentry and of the rules are divided by %d \
                (`detection.time_scale`, `scripts/scale-rules.py`): CLOSE_WAIT counts as stuck after %s. The guilty \
                process could have %,d descriptors. fdsentry's configuration:

                ```yaml
                %s
                ```

                ## What fdsentry knew, and when

                ![%s](%s)

                | at | what | handles | of the limit | |
                |---|---|---|---|---|
                %s

                At %s the guilty process held %s.

                ## What reached people

                The %s, at %s:

                ```
                %s

                %s
                ```

                ## What was left after the program was killed

                On disk: %s. The last of them, as `fdsentry evidence show` begins to tell it:

                ```
                %s
                ```

                fdsentry's own log says as much, for when the disk goes too:

                ```
                %s
                ```

                ## The repaired program

                %s
                """.formatted(
                        inShort(told, when),
                        incident.folder(),
                        LocalDate.now(ZoneOffset.UTC),
                        System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
                        Scenery.played(incident),
                        leaky.timeScale(),
                        "%.3g s".formatted(300.0 / leaky.timeScale()),
                        when.moment().limit(),
                        Lookout.configuration(List.of(incident)).strip(),
                        "Descriptors of the guilty process over time, and what fdsentry made of them",
                        picture(),
                        leaky.events().stream().map(Report::row).collect(Collectors.joining("\n")),
                        Story.clock(when.second()),
                        when.moment().words(),
                        told.kind(),
                        Story.clock(when.second()),
                        told.title(),
                        told.text(),
                        leaky.records().stream().map(id -> "`" + id + "`").collect(Collectors.joining(", ")),
                        leaky.evidence().lines().limit(EXCERPT).collect(Collectors.joining("\n")),
                        logged(),
                        quiet());
    }

    private String inShort(Message told, Event when) {
        Event convicted = leaky.events().stream()
                .filter(event -> event.what().matches("confirmed|urgent"))
                .filter(event -> cause(event).equals(incident.cause.label()))
                .findFirst()
                .orElseThrow();
        return "%s `%s` after %s, with %,d of %,d handles (%.1f %%); %s at %s; repaired: %,d rounds, no word."
                .formatted(
                        convicted.what(),
                        incident.cause.label(),
                        Story.clock(convicted.second()),
                        convicted.moment().handles(),
                        convicted.moment().limit(),
                        100 * convicted.moment().share(),
                        told.kind(),
                        Story.clock(when.second()),
                        repaired.moments().size());
    }

    private static String cause(Event event) {
        JsonObject finding = event.moment().finding();
        return finding == null ? "" : Lookout.text(finding, "cause");
    }

    private static String row(Event event) {
        Moment moment = event.moment();
        return "| %s | %s | %,d | %.2f %% | %s |"
                .formatted(
                        Story.clock(event.second()),
                        event.what(),
                        moment.handles(),
                        100 * moment.share(),
                        event.words().replace("|", "\\|"));
    }

    private String logged() {
        String line = leaky.logged().stream()
                .filter(logged -> logged.contains("-ended "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the log does not tell the end: " + leaky.logged()));
        return line.length() <= LOGGED ? line : line.substring(0, LOGGED) + " ...";
    }

    private String quiet() throws IOException {
        IntSummaryStatistics handles =
                repaired.moments().stream().mapToInt(Moment::handles).summaryStatistics();
        IntSummaryStatistics stale =
                repaired.moments().stream().mapToInt(Moment::stale).summaryStatistics();
        Moment last = Objects.requireNonNull(repaired.moments().getLast());
        return ("Watched for %,d rounds, %.1f times as many as it took to tell of the leaky one: between %,d and %,d "
                        + "handles, %s of them ever abandoned; %s, %s. At the end it held %s.")
                .formatted(
                        repaired.moments().size(),
                        (double) repaired.moments().size() / leaky.roundsUntilTold(),
                        handles.getMin(),
                        handles.getMax(),
                        stale.getMax() == 0 ? "none" : "at most " + stale.getMax(),
                        repaired.events().isEmpty() ? "never suspected" : repaired.events(),
                        repaired.messages().isEmpty() ? "no page, no ticket" : repaired.messages(),
                        last.words());
    }
}
