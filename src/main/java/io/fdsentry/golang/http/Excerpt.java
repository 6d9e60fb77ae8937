package io.fdsentry.golang.http;

/// The beginning of a text, in whole lines.
final class Excerpt {
    private final int most;
    private final StringBuilder text = new StringBuilder();
    private boolean full;

    /// @param most characters
    Excerpt(int most) {
        this.most = most;
    }

    /// Once a line does not fit, none of the later ones is taken.
    void add(String line) {
        full |= text.length() + line.length() + 1 > most;
        if (!full) {
            text.append(line).append('\n');
        }
    }

    @Override
    public String toString() {
        return full && most > 0 ? text + "[cut here]\n" : text.toString();
    }
}
