package io.fdsentry.cli.inspect;

import io.fdsentry.cli.inspect.Ink.Tone;
import java.util.ArrayList;
import java.util.List;

/// Lines of text for a terminal of some width. All text that is added must be printable.
public final class Page {
    private static final int LABEL = 14;
    private static final int LEAST_TEXT = 20;
    private static final String INDENT = "  ";

    private final Ink ink;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    /// @param width columns of the terminal
    public Page(Ink ink, int width) {
        this.ink = ink;
        this.width = width;
    }

    /// All that was added.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /// An empty line.
    public void blank() {
        lines.add("");
    }

    /// What the next lines are about.
    public void title(String name, String more) {
        lines.add(ink.paint(Tone.STRONG, name) + INDENT + ink.paint(Tone.FAINT, more));
    }

    /// A sentence that must not be missed.
    public void alert(Tone tone, String sentence) {
        List<String> wrapped = Columns.wrap(sentence, textWidth(INDENT.length() + 2));
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add(INDENT + ink.paint(tone, (i == 0 ? "! " : "  ") + wrapped.get(i)));
        }
    }

    /// A value under its label, over as many lines as it takes.
    public void entry(String label, String value) {
        List<String> wrapped = Columns.wrap(value, textWidth(LABEL));
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add(label(i == 0 ? label : "") + wrapped.get(i));
        }
    }

    /// A table under its label.
    void table(String label, Table table) {
        List<String> rows = table.lines(ink, textWidth(LABEL));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(label(i == 0 ? label : "") + rows.get(i));
        }
    }

    /// A table over the whole width.
    void table(Table table) {
        lines.addAll(table.lines(ink, width));
    }

    /// A sentence, over the whole width.
    public void text(String sentence) {
        lines.addAll(Columns.wrap(sentence, width));
    }

    /// A sentence of less weight, over the whole width.
    public void note(String sentence) {
        Columns.wrap(sentence, width).forEach(line -> lines.add(ink.paint(Tone.FAINT, line)));
    }

    private int textWidth(int indent) {
        return Math.max(LEAST_TEXT, width - indent);
    }

    private String label(String label) {
        String text = INDENT + label;
        return INDENT + ink.paint(Tone.FAINT, label) + " ".repeat(Math.max(1, LABEL - text.length()));
    }
}
