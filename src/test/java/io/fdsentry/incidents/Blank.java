package io.fdsentry.incidents;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a dashboard may leave empty while the incidents stand, and why. [io.fdsentry.look.LookIT] has data for each.
///
/// @param where panels with the letters of their queries, annotations, variables
/// @param of whose process is looked at; empty: any, or none
/// @param reason for a person
record Blank(Pattern where, Set<Incident> of, String reason) {
    private static final Set<Incident> ANY = Set.of();

    private static final List<Blank> ALL = List.of(
            blank("variable (cluster|namespace|workload|pod)", ANY, "this machine is in no cluster"),
            blank("(What cannot be seen.*|Failing probes) A", ANY, "everything may be seen here"),
            blank("Probes that targets require A", ANY, "no target requires one"),
            blank("annotation Suspicion", ANY, "a leak may be certain by the first scrape that sees it"),
            blank(
                    "(Goroutines [AB]|Where goroutines wait A|Processes C)",
                    Set.of(Incident.I3, Incident.I6, Incident.I7, Incident.I8),
                    "not a Go program"),
            blank(
                    "(TCP sockets by state|Peers with most sockets|Sockets by protocol) A",
                    Set.of(Incident.I6, Incident.I8),
                    "what it leaks are no sockets, and others it may have none"));

    private static Blank blank(String where, Set<Incident> of, String reason) {
        return new Blank(Pattern.compile(where), of, reason);
    }

    /// Why something may be empty; null where it may not.
    ///
    /// @param incident whose process is looked at, null where all are
    static @Nullable Blank of(String where, @Nullable Incident incident) {
        return ALL.stream()
                .filter(blank -> blank.where.matcher(where).matches())
                .filter(blank -> blank.of.isEmpty() || incident != null && blank.of.contains(incident))
                .findFirst()
                .orElse(null);
    }
}
