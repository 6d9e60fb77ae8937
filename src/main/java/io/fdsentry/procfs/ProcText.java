package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Text as the kernel hands it out: bytes that a process chose itself, in any encoding or none.
public final class ProcText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int QUOTED = 60;

    private ProcText() {}

    /// UTF-8, with U+FFFD for what is not.
    public static String decode(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /// The same text without anything that moves a cursor, ends a line, turns the reading direction or is half a
    /// character: fit for a terminal, a label and a log line. Such characters become U+FFFD.
    public static String printable(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isHarmless(point) ? point : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /// The beginning of a text in quotes, for the message that it is not what was expected.
    static String quote(String text) {
        String shown = text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
        return '"' + printable(shown) + '"';
    }

    /// Lines without their ends.
    static List<String> lines(byte[] text) {
        return decode(text).lines().toList();
    }

    /// Lines of the form `Key:   value`; others are left out.
    static Map<String, String> keyed(byte[] text) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines(text)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /// Words separated by blanks and tabs.
    static List<String> words(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("[ \t]+"));
    }
}
