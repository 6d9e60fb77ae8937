package io.fdsentry.evidence;

/// Cuts text by what it takes in a line of the log at most: a quote or backslash two bytes, a plain ASCII character
/// one, and any other six for each UTF-16 unit, as its escape would.
final class Clip {
    private static final int ESCAPE = 6;
    private static final String CUT = "...";

    private Clip() {}

    static int cost(String text) {
        return text.chars().map(Clip::cost).sum();
    }

    private static int cost(int unit) {
        if (unit < ' ' || unit > '~') {
            return ESCAPE;
        }
        return unit == '"' || unit == '\\' ? 2 : 1;
    }

    /// The text, or as much of its beginning as costs no more, with dots.
    static String text(String text, int most) {
        if (text.length() <= most && cost(text) <= most) {
            return text;
        }
        int cost = CUT.length();
        int end = 0;
        while (end < text.length() && cost + cost(text.charAt(end)) <= most) {
            cost += cost(text.charAt(end));
            end++;
        }
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return cost > most ? "" : text.substring(0, end) + CUT;
    }
}
