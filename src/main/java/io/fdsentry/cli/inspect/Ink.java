package io.fdsentry.cli.inspect;

/// How text stands out: with the colours of a terminal, or not at all.
public enum Ink {
    PLAIN,
    COLOUR;

    /// What a piece of text is.
    public enum Tone {
        NORMAL(""),
        STRONG("\u001b[1m"),
        FAINT("\u001b[2m"),
        BAD("\u001b[1;31m"),
        POOR("\u001b[33m");

        private final String start;

        Tone(String start) {
            this.start = start;
        }
    }

    private static final String END = "\u001b[0m";

    /// As standard output wants it: colours on a terminal, unless `NO_COLOR` is set.
    public static Ink ofOutput() {
        boolean colours = Terminal.isOutput()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return colours ? COLOUR : PLAIN;
    }

    /// The text as it is to be written.
    public String paint(Tone tone, String text) {
        return this == PLAIN || tone == Tone.NORMAL || text.isEmpty() ? text : tone.start + text + END;
    }
}
