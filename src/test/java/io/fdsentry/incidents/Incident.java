package io.fdsentry.incidents;

import io.fdsentry.model.Cause;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The eight incidents, and what each has to be told as.
enum Incident {
    I1("ruler", Cause.RESPONSE_BODY_NOT_CLOSED, "127.1.1.1:8006"),
    I2("backoffice", Cause.CONNECTION_POOL_PER_REQUEST, "127.1.2.1:8202", "status"),
    I3("gateway", Cause.RETIRED_BACKEND_CONNECTIONS, "", "fleet"),
    I4("orders", Cause.DEADLOCKED_HANDLERS, "", "nginx"),
    I5("inventory", Cause.HALF_OPEN_PEERS, ""),
    I6("notifier", Cause.HTTP_CLIENT_PER_REQUEST, ""),
    I7("reports", Cause.UNKNOWN, "127.1.7.1:5432"),
    I8("converter", Cause.CHILD_PIPES_NOT_CLOSED, "");

    /// The target that is guilty.
    final String target;

    final Cause cause;

    /// The one peer of the leak; empty where there are many, or none.
    final String peer;

    /// Targets that are watched besides and leak nothing.
    private final List<String> surroundings;

    Incident(String target, Cause cause, String peer, String... surroundings) {
        this.target = target;
        this.cause = cause;
        this.peer = peer;
        this.surroundings = List.of(surroundings);
    }

    /// The folder below `src/incidents`.
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// All targets of it.
    Stream<String> targets() {
        return Stream.concat(Stream.of(target), surroundings.stream());
    }
}
