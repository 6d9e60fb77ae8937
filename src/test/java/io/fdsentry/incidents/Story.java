package io.fdsentry.incidents;

import io.fdsentry.incidents.Course.Event;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/// Plays incidents and tells of them while they unfold: the program of `scripts/incident.sh`. With both modes of an
/// incident played it writes the report of it.
public final class Story {
    private static final Path WORK = Path.of("target/incidents");

    /// The repaired program is watched for so many times the rounds that the leaky one took to be told.
    private static final int PATIENCE = 5;

    private final PrintStream out = System.out;
    private final Incident incident;

    private Story(Incident incident) {
        this.incident = incident;
    }

    /// @param args an incident or `all`; then `leaky` or `repaired`, or nothing for both and the report
    public static void main(String[] args) throws Exception {
        String mode = args.length > 1 ? args[1] : "both";
        if (args.length < 1
                || args.length > 2
                || !List.of("leaky", "repaired", "both").contains(mode)) {
            throw new IllegalArgumentException("usage: i1..i8|all [leaky|repaired]");
        }
        List<Incident> incidents = args[0].equals("all")
                ? List.of(Incident.values())
                : List.of(Incident.valueOf(args[0].toUpperCase(Locale.ROOT)));
        try {
            for (Incident incident : incidents) {
                new Story(incident).tell(mode);
            }
        } catch (TestAbortedException e) {
            System.exit(1); // what is missing was said
        }
        System.exit(0);
    }

    private void tell(String mode) throws Exception {
        switch (mode) {
            case "leaky" -> leaky();
            case "repaired" -> repaired(PATIENCE * 60);
            default -> {
                Played leaky = leaky();
                Played repaired = repaired(PATIENCE * leaky.roundsUntilTold());
                out.println("The report: " + Report.write(leaky, repaired));
            }
        }
    }

    private Played leaky() throws Exception {
        title("leaky");
        Played played = Stage.leaky(incident, folder("leaky"), this::tell);
        Message message = played.told();
        out.println("\nWhat the " + message.kind() + " says:\n\n" + message.title() + "\n" + message.text() + "\n");
        return played;
    }

    private Played repaired(int rounds) throws Exception {
        title("repaired");
        Played played = Stage.repaired(incident, folder("repaired"), rounds, this::tell);
        out.printf("      %,d rounds, %d messages%n", rounds, played.messages().size());
        if (!played.events().isEmpty()) {
            throw new IllegalStateException("the repaired program is accused: " + played.events());
        }
        return played;
    }

    private void title(String mode) throws IOException {
        out.printf(
                "%n%s, %s; all times of fdsentry and of the rules are divided by %d%n",
                incident, mode, Lookout.timeScale(incident));
        out.println(Files.readString(Scenery.of(incident)).lines().findFirst().orElseThrow());
    }

    private void tell(Event event) {
        Moment moment = event.moment();
        out.printf(
                "%6s  %-9s  %,d of %,d handles (%.2f %%): %s%n",
                clock(event.second()),
                event.what(),
                moment.handles(),
                moment.limit(),
                100 * moment.share(),
                moment.words());
        out.printf("        %s%n", event.words());
    }

    /// Minutes and seconds.
    static String clock(double second) {
        return "%d:%02d".formatted((int) second / 60, (int) second % 60);
    }

    private Path folder(String mode) throws IOException {
        Path folder = WORK.resolve(incident.folder() + "-" + mode).toAbsolutePath();
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
