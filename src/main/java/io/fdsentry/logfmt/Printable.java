package io.fdsentry.logfmt;

import java.util.HexFormat;

/// Text from outside made fit for a terminal. Control characters move the cursor and change settings, format
/// characters make text read backwards, line separators forge lines: they are shown as `\u001b`.
public final class Printable {
    private Printable() {}

    /// The text with everything that is not printable written as an escape.
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::is)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c));
        return safe.toString();
    }

    /// Whether a character is shown as it is.
    static boolean is(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// Appends a character, or its escape.
    static void append(StringBuilder text, int c) {
        if (is(c)) {
            text.appendCodePoint(c);
        } else {
            for (char unit : Character.toChars(c)) {
                text.append("\\u").append(HexFormat.of().toHexDigits(unit));
            }
        }
    }
}
