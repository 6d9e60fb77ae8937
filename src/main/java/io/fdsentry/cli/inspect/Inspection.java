package io.fdsentry.cli.inspect;

import io.fdsentry.ListenAddress;
import io.fdsentry.Signals;
import io.fdsentry.cli.CommandFailed;
import io.fdsentry.config.Config;
import io.fdsentry.json.Shape;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.TargetSample;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One look or many, drawn or as JSON.
public final class Inspection implements AutoCloseable {
    private static final int REFRESH_MILLIS = 2000;
    private static final int MOST_DETAILS = 5;
    /// Lines of an overview that are not its table.
    private static final int OTHER_LINES = 12;

    private static final int LEAST_ROWS = 10;

    private final Options options;
    private final Config config;
    private final DaemonEyes daemon;
    private final PrintStream out;
    private @Nullable OwnEyes own;

    /// @param wanted which processes
    /// @param local whether no daemon is asked
    /// @param json whether for programs
    /// @param all whether no process is left out
    public record Options(
            Wanted wanted, boolean local, boolean json, boolean all, ListenAddress daemon, Path procfs, Path rootfs) {}

    public Inspection(Options options, Config config, PrintStream out) {
        this.options = options;
        this.config = config;
        this.daemon = new DaemonEyes(options.daemon());
        this.out = out;
    }

    /// Looks once.
    public void once() {
        show(look());
    }

    /// Looks again and again until told to stop.
    public void watch(Signals signals) throws InterruptedException {
        if (options.json() || !Terminal.isOutput()) {
            do {
                show(look());
            } while (!signals.awaitStop(Duration.ofMillis(REFRESH_MILLIS).toNanos()));
            return;
        }
        Look look = look();
        try (Screen screen = new Screen(out, signals)) {
            while (true) {
                Terminal.Size size = Terminal.size();
                screen.show(draw(look, size), size.rows());
                if (!screen.goesOn(REFRESH_MILLIS)) {
                    return;
                }
                look = look();
            }
        }
    }

    private Look look() {
        return switch (options.local() ? new DaemonEyes.Reply.Nobody() : daemon.look(options.wanted())) {
            case DaemonEyes.Reply.Answered(Look look) ->
                options.wanted().isMetBy(look) ? look : own("; " + daemon + " does not watch this");
            case DaemonEyes.Reply.Refused(String why) -> own("; " + daemon + " does not tell: " + why);
            case DaemonEyes.Reply.Nobody() -> own("");
        };
    }

    private Look own(String note) {
        OwnEyes eyes = own;
        if (eyes == null) {
            eyes = new OwnEyes(config, options.procfs(), options.rootfs());
            own = eyes;
        }
        Look look = eyes.look(options.wanted());
        if (!options.wanted().isMetBy(look)) {
            throw CommandFailed.failed("no process whose target or executable name matches "
                    + options.wanted().name());
        }
        return new Look(look.source() + note, look.board(), look.wanted());
    }

    private void show(Look look) {
        if (options.json()) {
            write(look);
        } else {
            draw(look, Terminal.size()).forEach(out::println);
        }
        out.flush();
    }

    /// One process that was asked for by its number as itself, everything else as a list.
    private void write(Look look) {
        StringWriter document = new StringWriter();
        List<ProcessSample> processes = look.processes();
        if (options.wanted().pids().size() == 1) {
            Shape.process(look.board(), processes.getFirst(), document);
        } else {
            Shape.processes(look.board(), look.wanted(), document);
        }
        out.println(document);
    }

    private List<String> draw(Look look, Terminal.Size size) {
        Page page = new Page(Ink.ofOutput(), size.columns());
        Duration ago = Duration.between(look.at(), Instant.now());
        page.note("Seen by " + look.source() + (ago.toSeconds() < 1 ? "" : ", " + Figures.age(ago) + " ago"));
        List<ProcessSample> processes = look.processes();
        boolean detailed = processes.size() == 1 || !options.wanted().pids().isEmpty();
        if (detailed && processes.size() <= MOST_DETAILS) {
            for (ProcessSample process : processes) {
                page.blank();
                DetailView.draw(process, look, page);
            }
        } else {
            page.blank();
            Overview.draw(
                    look, page, options.all() ? Integer.MAX_VALUE : Math.max(LEAST_ROWS, size.rows() - OTHER_LINES));
        }
        targets(look, page);
        return page.lines();
    }

    /// Targets of the configuration that nothing can be shown of.
    private void targets(Look look, Page page) {
        if (options.wanted().name() != null || !options.wanted().pids().isEmpty()) {
            return;
        }
        List<TargetSample> targets = look.board().snapshot().targets();
        String empty = targets.stream()
                .filter(target -> target.processes() == 0)
                .map(TargetSample::name)
                .collect(Collectors.joining(", "));
        if (!empty.isEmpty()) {
            page.entry("no process", "belongs to " + empty);
        }
        targets.stream()
                .filter(target -> target.undecided() > 0)
                .forEach(target -> page.entry(
                        "undecided",
                        "of %d processes it cannot be told whether they belong to %s"
                                .formatted(target.undecided(), target.name())));
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
