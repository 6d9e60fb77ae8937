package io.fdsentry.detect.replay;

import java.io.Serial;

/// A line of a history that cannot be understood; the message names it and says why.
public final class BadHistory extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BadHistory(long line, String reason) {
        super("line " + line + ": " + reason);
    }
}
