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
    private final Runnable unheard;
    private final Ink ink;
    private final int width;

    /// @param unheard what to do when nobody reads any more
    Narrator(PrintStream out, Runnable unheard) {
        this.out = out;
        this.unheard = unheard;
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
        flush();
    }

    /// Lines of a page.
    void print(Consumer<Page> content) {
        Page page = new Page(ink, width);
        content.accept(page);
        page.lines().forEach(out::println);
        flush();
    }

    private void flush() {
        if (out.checkError()) {
            unheard.run();
        }
    }
}
