package io.fdsentry.evidence;

import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Occasion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was recorded of one process that is or was suspected, and what is next. A state that comes and goes is not
/// recorded again and again.
final class Case {
    /// The least time between two records of one occasion.
    static final Duration LEAST_GAP = Duration.ofMinutes(10);

    /// Rounds in which its sockets may arrive before a record is made without them.
    private static final int ROUNDS_TO_WAIT = 2;

    private final Map<Occasion, Long> lastTime = new EnumMap<>(Occasion.class);
    private final Set<String> recorded = new HashSet<>();
    private LeakState state = LeakState.NONE;
    private @Nullable Pending pending;
    private String newest = "";

    /// A record that waits for the sockets of its process.
    ///
    /// @param roundsLeft 0: it waits no longer
    record Pending(String id, Occasion occasion, int roundsLeft) {}

    /// What is to be recorded in a round, if anything.
    ///
    /// @param now worst state of the process
    /// @param nanos monotonic time of the round
    @Nullable
    Occasion next(LeakState now, List<Finding> findings, long nanos) {
        boolean rose = now.compareTo(state) > 0;
        state = now;
        if (now == LeakState.NONE || !(rose || isNews(findings))) {
            return null;
        }
        Occasion occasion = occasion(now);
        Long last = lastTime.get(occasion);
        if (last != null && nanos - last < LEAST_GAP.toNanos()) {
            return null;
        }
        lastTime.put(occasion, nanos);
        findings.stream().filter(Case::isSure).map(Finding::id).forEach(recorded::add);
        return occasion;
    }

    /// Whether a diagnosis is sure that no record has as a sure one.
    private boolean isNews(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> isSure(finding) && !recorded.contains(finding.id()));
    }

    private static boolean isSure(Finding finding) {
        return finding.state().compareTo(LeakState.CONFIRMED) >= 0;
    }

    private static Occasion occasion(LeakState state) {
        return switch (state) {
            case NONE, SUSPECTED -> Occasion.SUSPECTED;
            case CONFIRMED -> Occasion.CONFIRMED;
            case URGENT -> Occasion.URGENT;
        };
    }

    /// Has a record wait.
    void await(String id, Occasion occasion) {
        pending = new Pending(id, occasion, ROUNDS_TO_WAIT);
        newest = id;
    }

    /// Counts a round.
    void waited() {
        if (pending != null) {
            pending = new Pending(pending.id(), pending.occasion(), pending.roundsLeft() - 1);
        }
    }

    @Nullable
    Pending pending() {
        return pending;
    }

    void recorded() {
        pending = null;
    }

    /// Whether the process is suspected or worse.
    boolean isOpen() {
        return state != LeakState.NONE;
    }

    LeakState state() {
        return state;
    }

    /// The id of its newest record, empty before the first.
    String newest() {
        return newest;
    }
}
