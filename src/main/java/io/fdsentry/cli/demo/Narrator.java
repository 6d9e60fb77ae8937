package io.fdsentry.cli.demo;

import io.fdsentry.cli.inspect.Ink;
import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.cli.inspect.Page;
import io.fdsentry.cli.inspect.Terminal;
import java.io.PrintStream;
import java.util.function.Consumer;

/// Tells the story: in colours where there is a terminal, never wider than is good to read.
final class Narrator {
    private static final int WIDEST = 90;
    private static final int USUAL = 80;

    private final PrintStream out;
    private final Ink ink;
    private final int width;

    Narrator(PrintStream out) {
        this.out = out;
        this.ink = Ink.ofOutput();
        this.width = Terminal.isOutput() ? Math.min(WIDEST, Terminal.size().columns()) : USUAL;
    }

    /// Paragraphs; empty ones are empty lines.
    void say(String... paragraphs) {
        for (String paragraph : paragraphs) {
            print(page -> page.text(paragraph));
        }
    }

    /// One line as it is.
    void line(Tone tone, String text) {
        out.println(ink.paint(tone, text));
        out.flush();
    }

    /// Lines of a page.
    void print(Consumer<Page> content) {
        Page page = new Page(ink, width);
        content.accept(page);
        page.lines().forEach(out::println);
        out.flush();
    }
}
