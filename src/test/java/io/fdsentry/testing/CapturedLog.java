package io.fdsentry.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What is written to standard error while it is open.
public final class CapturedLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    public CapturedLog() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    /// The lines so far, without their times.
    public List<String> lines() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^ts=\\S+ ", ""))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
