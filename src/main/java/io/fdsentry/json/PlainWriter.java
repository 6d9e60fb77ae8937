package io.fdsentry.json;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/// Writes characters that move a terminal's cursor or turn the direction of writing as JSON escapes. They stand in
/// strings only, so that the document stays the same; it can be printed as it is.
final class PlainWriter extends FilterWriter {
    PlainWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (isHostile((char) c)) {
            out.write(String.format("\\u%04x", c & 0xffff));
        } else {
            out.write(c);
        }
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        int start = from;
        int end = from + length;
        for (int i = from; i < end; i++) {
            if (isHostile(text.charAt(i))) {
                out.write(text, start, i - start);
                write(text.charAt(i));
                start = i + 1;
            }
        }
        out.write(text, start, end - start);
    }

    private static boolean isHostile(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c >= 0x7f;
            case Character.FORMAT -> true;
            default -> false;
        };
    }
}
