package io.fdsentry.config;

/// A text of the user's inside a message: short, on one line, without control characters.
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    /// In double quotes, cut where it is long.
    static String of(String text) {
        int[] points = text.codePoints().limit(LONGEST + 1L).toArray();
        boolean cut = points.length > LONGEST;
        return '"' + oneLine(new String(points, 0, Math.min(points.length, LONGEST))) + (cut ? "..." : "") + '"';
    }

    /// Control characters, line breaks among them, as escapes.
    static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> appendVisible(out, c));
        return out.toString();
    }

    private static void appendVisible(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                    out.append(String.format("\\u%04x", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
