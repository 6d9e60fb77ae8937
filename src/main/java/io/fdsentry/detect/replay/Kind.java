package io.fdsentry.detect.replay;

import io.fdsentry.detect.trend.Column;
import io.fdsentry.detect.trend.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the values of a history count.
public enum Kind {
    FDS,
    SOCKETS,
    ESTABLISHED,
    CLOSE_WAIT,
    CLOSED,
    STALE_SOCKETS,
    TIME_WAIT,
    THREADS,
    GOROUTINES;

    /// As the command line writes it, such as `close_wait`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind of that label, in any case.
    public static Optional<Kind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equalsIgnoreCase(label))
                .findFirst();
    }

    /// All labels, for a message.
    public static String labels() {
        return Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "));
    }

    /// Fills in what the kind itself says: a count of stuck sockets counts stuck sockets.
    void complete(Row row) {
        Column state = switch (this) {
            case CLOSE_WAIT -> Column.CLOSE_WAIT;
            case CLOSED -> Column.CLOSED;
            case FDS, SOCKETS, ESTABLISHED, STALE_SOCKETS, TIME_WAIT, THREADS, GOROUTINES -> Column.VALUE;
        };
        if (!row.knows(state)) {
            row.set(state, row.get(Column.VALUE));
        }
    }
}
