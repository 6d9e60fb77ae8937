package io.fdsentry.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdsentry.evidence.Report;
import io.fdsentry.json.EvidenceAnswer;
import io.fdsentry.json.EvidenceShape;
import io.fdsentry.logfmt.Printable;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.EvidenceSummary;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What was recorded of processes that leak.
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The records made when a process was suspected, convicted, or ended as a suspect.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:there is no such record, or it cannot be read", "2:wrong usage or configuration"})
public final class EvidenceCommand implements Runnable {
    private static final int FAILED = 1;
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(commandLine(), "one of list, show, export is missing");
    }

    /// Every record on one line, newest first.
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the records, newest first.")
    int list(
            @Mixin Where where,
            @Mixin Wherein wherein,
            @Option(names = "--json", description = "As the daemon's API lists them.") boolean json) {
        return told(() -> {
            List<EvidenceSummary> items =
                    where.source().list().stream().filter(wherein::has).toList();
            if (json) {
                StringWriter text = new StringWriter();
                EvidenceShape.list(items, text);
                out().println(text);
            } else if (items.isEmpty()) {
                err().println("nothing recorded in " + where.source());
            } else {
                items.forEach(item -> out().println(line(item)));
            }
            return 0;
        });
    }

    private static String line(EvidenceSummary item) {
        String sentence = item.sentence().isEmpty() ? "no diagnosis yet" : Printable.of(item.sentence());
        return "%s  %-9s  %s%s: %s"
                .formatted(
                        item.id(),
                        item.state().label(),
                        place(item.container()),
                        item.cause().label(),
                        sentence);
    }

    private static String place(ContainerName name) {
        String place = Stream.of(name.namespace(), name.pod(), name.container())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
        return place.isEmpty() ? "" : Printable.of(place) + "  ";
    }

    /// One record for a person.
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one record as text.")
    int show(
            @Mixin Where where,
            @Parameters(paramLabel = "ID", description = "As the list names it.") String id,
            @Option(names = "--json", description = "All of it, for programs.") boolean json) {
        return told(() -> write(text(where.source(), id, json), STANDARD_OUTPUT));
    }

    /// One record for a ticket.
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes one record as plain text that can be pasted into a ticket.")
    int export(
            @Mixin Where where,
            @Parameters(index = "0", paramLabel = "ID", description = "As the list names it.") String id,
            @Parameters(index = "1", paramLabel = "FILE", description = "Where to; - is standard output.") String file,
            @Option(names = "--json", description = "All of it, for programs.") boolean json) {
        return told(() -> write(text(where.source(), id, json), file));
    }

    private static String text(Source source, String id, boolean json) throws IOException {
        String document;
        try {
            document = source.json(id);
        } catch (ZipException | EOFException e) {
            throw new IOException("the record " + id + " in " + source + " is damaged: " + e.getMessage(), e);
        }
        if (document == null) {
            throw new IOException("no record has the id " + id + " in " + source);
        }
        return json ? document + "\n" : Report.of(EvidenceAnswer.read(new StringReader(document)));
    }

    private int write(String text, String file) throws IOException {
        if (file.equals(STANDARD_OUTPUT)) {
            out().print(text);
            out().flush();
        } else {
            writeFile(text, file);
        }
        return 0;
    }

    private static void writeFile(String text, String file) throws IOException {
        try {
            Files.writeString(Path.of(file), text, UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot write " + file + ": there is no such directory", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot write " + file + ": permission denied", e);
        }
    }

    private interface Action {
        int run() throws IOException;
    }

    /// What cannot be done is told in one line.
    private int told(Action action) {
        try {
            return action.run();
        } catch (IOException e) {
            err().println("fdsentry: " + Printable.of(String.valueOf(e.getMessage())));
            return FAILED;
        }
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
