package io.fdsentry.json;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.Verdict;

/// Verdicts and diagnoses read back.
final class FindingAnswer {
    private FindingAnswer() {}

    static Verdict verdict(Tree tree) {
        return new Verdict(
                tree.label("resource", Resource.class),
                tree.label("state", LeakState.class),
                tree.decimal("growth_per_second"),
                tree.decimal("seconds_to_limit"));
    }

    static Finding read(Tree tree, ProcessId process, String target) {
        return new Finding(
                tree.text("id"),
                process,
                target,
                tree.label("resource", Resource.class),
                tree.label("state", LeakState.class),
                tree.label("cause", Cause.class),
                tree.label("role", Role.class),
                tree.text("sentence"),
                tree.textOrEmpty("peer"),
                tree.textOrEmpty("peer_process"),
                tree.textOrEmpty("site"),
                tree.time("since"),
                tree.decimal("growth_per_second"),
                tree.decimal("seconds_to_limit"));
    }
}
