package io.fdsentry.golang.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts what arrives in pieces into lines, holding no more than one.
final class Lines {
    /// Bytes that are kept of a line; the rest of a longer one is dropped.
    static final int LONGEST = 4096;

    private final Consumer<String> sink;
    private final byte[] line = new byte[LONGEST];
    private int length;
    private boolean begun;

    Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    void add(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            byte next = piece.get();
            if (next == '\n') {
                end();
            } else {
                begun = true;
                if (length < LONGEST) {
                    line[length++] = next;
                }
            }
        }
    }

    /// The last line need not have an end.
    void end(boolean whole) {
        if (begun && whole) {
            end();
        }
    }

    private void end() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        sink.accept(new String(line, 0, end, UTF_8));
        length = 0;
        begun = false;
    }
}
