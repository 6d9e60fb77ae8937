package io.fdsentry.config;

/// A text that is not what its key wants; the message is the reason as the user reads it.
final class BadValue extends Exception {
    private static final long serialVersionUID = 1;

    BadValue(String reason) {
        super(reason, null, false, false);
    }

    /// What the user reads.
    String reason() {
        return String.valueOf(getMessage());
    }
}
