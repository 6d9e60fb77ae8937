package io.fdsentry.cli.inspect;

import io.fdsentry.cli.inspect.Ink.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Rows under headings, columns as wide as what they hold. Where a line would be too long, columns that may be
/// missed are left out, and then the first is cut.
final class Table {
    private static final String GAP = "  ";
    private static final int LEAST_NAME = 12;

    private final List<Heading> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(Heading... headings) {
        this.headings = List.of(headings);
    }

    /// @param text over the column
    /// @param side where its cells stand
    /// @param missable 0: always shown; those of the highest figure are left out first
    record Heading(String text, Side side, int missable) {
        static Heading left(String text) {
            return new Heading(text, Side.LEFT, 0);
        }

        static Heading right(String text) {
            return new Heading(text, Side.RIGHT, 0);
        }

        Heading missable(int order) {
            return new Heading(text, side, order);
        }
    }

    /// Where text stands in its column.
    enum Side {
        LEFT,
        RIGHT
    }

    /// @param text printable
    record Cell(String text, Tone tone) {
        static Cell of(String text) {
            return new Cell(text, Tone.NORMAL);
        }
    }

    /// Adds a row: one cell for each heading.
    void add(List<Cell> cells) {
        rows.add(List.copyOf(cells));
    }

    /// The heading and the rows.
    ///
    /// @param width columns there are
    List<String> lines(Ink ink, int width) {
        int[] widths = widths(width);
        List<Cell> titles =
                headings.stream().map(h -> new Cell(h.text(), Tone.FAINT)).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(titles, widths, ink));
        rows.forEach(row -> lines.add(line(row, widths, ink)));
        return lines;
    }

    /// @return 0 for columns that are left out
    private int[] widths(int width) {
        int[] widths = IntStream.range(0, headings.size()).map(this::widest).toArray();
        int least = Math.min(widths[0], LEAST_NAME);
        for (int column : mostMissableFirst()) {
            if (total(widths) - widths[0] + least > width) {
                widths[column] = 0;
            }
        }
        widths[0] = Math.max(least, widths[0] - Math.max(0, total(widths) - width));
        return widths;
    }

    private int[] mostMissableFirst() {
        return IntStream.range(0, headings.size())
                .boxed()
                .filter(column -> headings.get(column).missable() > 0)
                .sorted(Comparator.comparingInt(column -> -headings.get(column).missable()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int total(int[] widths) {
        return IntStream.of(widths)
                        .filter(width -> width > 0)
                        .map(width -> width + GAP.length())
                        .sum()
                - GAP.length();
    }

    private int widest(int column) {
        int widest = Columns.width(headings.get(column).text());
        for (List<Cell> row : rows) {
            widest = Math.max(widest, Columns.width(row.get(column).text()));
        }
        return widest;
    }

    private String line(List<Cell> cells, int[] widths, Ink ink) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] == 0) {
                continue;
            }
            String text = Columns.cut(cells.get(i).text(), widths[i]);
            String space = " ".repeat(widths[i] - Columns.width(text));
            String painted = ink.paint(cells.get(i).tone(), text);
            line.append(i == 0 ? "" : GAP);
            line.append(headings.get(i).side() == Side.LEFT ? painted + space : space + painted);
        }
        return line.toString().stripTrailing();
    }
}
