package io.fdsentry.metrics;

/// What a label may hold. Names of executables, containers and functions are chosen by those we watch: a value is
/// made valid UTF-8, short, and free of anything that moves a terminal's cursor or the direction of writing.
final class LabelText {
    /// The longest value in UTF-16 units; longer ones are cut and end in an ellipsis.
    static final int LONGEST = 200;

    private static final int REPLACEMENT = 0xFFFD;
    private static final String ELLIPSIS = "\u2026";

    private LabelText() {}

    /// A value fit for a label; returns the same string when nothing is wrong with it.
    static String of(String value) {
        String whole = isPlain(value) ? value : replaceHostile(value);
        return whole.length() <= LONGEST ? whole : cut(whole);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String replaceHostile(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().forEach(c -> clean.appendCodePoint(isHostile(c) ? REPLACEMENT : c));
        return clean.toString();
    }

    private static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String cut(String value) {
        int end = LONGEST - ELLIPSIS.length();
        if (Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(0, end) + ELLIPSIS;
    }
}
