package io.fdsentry.logfmt;

import org.jspecify.annotations.Nullable;

/// The message of one line and its pairs: `msg="sampling" targets=3`.
///
/// Values that need it are quoted, with the escapes of JSON. Control characters, and the format characters with
/// which text may be made to read backwards, never reach a terminal: they are written as `\u001b`.
final class LogfmtLine {
    private final StringBuilder line = new StringBuilder(160);

    LogfmtLine(String message) {
        line.append("msg=");
        appendQuoted(message);
    }

    /// Adds ` key=value`; no value is written as nothing.
    LogfmtLine pair(String key, @Nullable Object value) {
        line.append(' ');
        appendKey(key);
        line.append('=');
        String text = value == null ? "" : String.valueOf(value);
        if (isPlain(text)) {
            line.append(text);
        } else {
            appendQuoted(text);
        }
        return this;
    }

    @Override
    public String toString() {
        return line.toString();
    }

    private void appendKey(String key) {
        if (key.isEmpty()) {
            line.append('_');
        }
        key.codePoints().map(c -> isPlain(c) ? c : '_').forEach(line::appendCodePoint);
    }

    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(LogfmtLine::isPlain);
    }

    private static boolean isPlain(int c) {
        return c != ' ' && c != '=' && c != '"' && c != '\\' && Printable.is(c);
    }

    private void appendQuoted(String text) {
        line.append('"');
        text.codePoints().forEach(this::appendEscaped);
        line.append('"');
    }

    private void appendEscaped(int c) {
        switch (c) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> Printable.append(line, c);
        }
    }
}
