package io.fdsentry.cli.inspect;

import io.fdsentry.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A terminal that shows one page after another in place, until `q` or a signal; afterwards, and while Ctrl-Z has it
/// wait, it is as it was.
final class Screen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String TOP = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private static final int CTRL_Z = 26;

    private final PrintStream out;
    private final Signals signals;
    private final Terminal terminal = new Terminal();
    private final AtomicBoolean left = new AtomicBoolean();

    Screen(PrintStream out, Signals signals) {
        this.out = out;
        this.signals = signals;
        if (Terminal.isInput()) {
            terminal.readKeys();
            Thread.ofPlatform().daemon().name("fdsentry-keys").start(() -> waitForQuit(System.in));
        }
        print(ENTER);
    }

    /// Shows as many of the lines as there is room for.
    synchronized void show(List<String> lines, int rows) {
        StringBuilder page = new StringBuilder(TOP);
        List<String> shown = lines.subList(0, Math.min(lines.size(), rows));
        for (int i = 0; i < shown.size(); i++) {
            page.append(i == 0 ? "" : "\r\n").append(shown.get(i)).append(REST_OF_LINE);
        }
        print(page.append(REST_OF_SCREEN).toString());
    }

    /// Waits for the next look.
    ///
    /// @return whether there is to be one
    boolean goesOn(long millis) throws InterruptedException {
        return !signals.awaitStop(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void waitForQuit(InputStream keys) {
        try {
            int key = keys.read();
            while (key != 'q' && key != 'Q' && key != -1) {
                if (key == CTRL_Z) {
                    suspend();
                }
                key = keys.read();
            }
        } catch (IOException e) {
            // the terminal is gone
        }
        signals.stop();
    }

    private synchronized void suspend() {
        if (!left.get()) {
            print(LEAVE);
            terminal.restore();
            Terminal.suspend();
            terminal.readKeys();
            print(ENTER);
        }
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (left.compareAndSet(false, true)) {
            print(LEAVE);
            terminal.restore();
        }
    }
}
