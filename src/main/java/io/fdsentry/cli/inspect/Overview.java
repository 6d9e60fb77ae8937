package io.fdsentry.cli.inspect;

import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.cli.inspect.Table.Cell;
import io.fdsentry.cli.inspect.Table.Heading;
import io.fdsentry.logfmt.Printable;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.TcpState;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Many processes, one line each, the worst first; below it what is wrong with the worst of them.
final class Overview {
    private static final int MOST_SENTENCES = 5;

    private final Look look;
    private final Page page;

    private Overview(Look look, Page page) {
        this.look = look;
        this.page = page;
    }

    /// @param most lines of the table; the rest is only counted
    static void draw(Look look, Page page, int most) {
        Overview view = new Overview(look, page);
        List<Standing> all = look.processes().stream()
                .map(process -> Standing.of(process, look))
                .sorted(Comparator.reverseOrder())
                .toList();
        List<Standing> shown = all.subList(0, Math.min(most, all.size()));
        view.table(shown);
        if (shown.size() < all.size()) {
            page.note(Figures.count(all.size() - shown.size()) + " more that look better; --all shows them");
        }
        view.sentences(all);
        NotSeen.draw(look.processes(), page);
    }

    private void table(List<Standing> rows) {
        Table table = new Table(
                Heading.left("PROCESS"),
                Heading.right("PID"),
                Heading.right("FDS"),
                Heading.right("LIMIT").missable(3),
                Heading.right("USED"),
                Heading.right("ESTAB"),
                Heading.right("CLOSE_WAIT"),
                Heading.right("CLOSED"),
                Heading.right("STALE"),
                Heading.right("THREADS").missable(2),
                Heading.left("SEEN").missable(1));
        rows.forEach(row -> table.add(cells(row)));
        page.table(table);
    }

    private static List<Cell> cells(Standing row) {
        ProcessSample process = row.process();
        var threads = process.threads().orNull();
        return List.of(
                new Cell(name(process), row.tone() == Tone.NORMAL ? Tone.STRONG : row.tone()),
                Cell.of(Integer.toString(process.id().pid())),
                number(row.open()),
                row.limit() == null && process.limits().isSeen() ? Cell.of("none") : number(row.limit()),
                new Cell(
                        row.open() == null || row.limit() == null ? "" : Figures.percent(row.open(), row.limit()),
                        row.tone()),
                state(process, TcpState.ESTABLISHED),
                state(process, TcpState.CLOSE_WAIT),
                state(process, TcpState.CLOSED),
                number(row.stale()),
                number(threads == null ? null : threads.states().total()),
                new Cell(tier(process), Tone.FAINT));
    }

    private static String name(ProcessSample process) {
        String target = Printable.of(process.target());
        return process.command().equals(process.target())
                ? target
                : target + " (" + Printable.of(process.command()) + ")";
    }

    private static String tier(ProcessSample process) {
        return switch (process.tier()) {
            case COUNTS -> "counts";
            case OWN, ANY, NODE -> process.idle().isSeen() ? "all" : "no idle times";
        };
    }

    private static Cell state(ProcessSample process, TcpState state) {
        var sockets = process.sockets().orNull();
        return number(sockets == null ? null : sockets.tcp().get(state));
    }

    /// What is not known is a question mark, never a zero.
    private static Cell number(@Nullable Number number) {
        return number == null ? new Cell("?", Tone.FAINT) : Cell.of(Figures.count(number.longValue()));
    }

    private void sentences(List<Standing> worstFirst) {
        int left = MOST_SENTENCES;
        for (Standing row : worstFirst) {
            for (String sentence : sentences(row)) {
                if (left-- == 0) {
                    return;
                }
                ProcessSample process = row.process();
                String who = name(process) + ", pid " + process.id().pid() + ": ";
                page.alert(row.tone() == Tone.NORMAL ? Tone.POOR : row.tone(), who + sentence);
            }
        }
    }

    private List<String> sentences(Standing row) {
        var findings = look.findings(row.process()).stream()
                .filter(finding -> finding.state() != LeakState.NONE)
                .map(finding -> finding.state().label() + ": " + Printable.of(finding.sentence()))
                .toList();
        return !findings.isEmpty()
                ? findings
                : Symptoms.of(row.process(), look.at()).stream()
                        .map(Symptoms.Symptom::sentence)
                        .toList();
    }
}
