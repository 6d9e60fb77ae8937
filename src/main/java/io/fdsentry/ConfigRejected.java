package io.fdsentry;

import io.fdsentry.config.Problem;
import java.util.List;

/// A file that cannot be used, at the start, where there is nothing to fall back on.
public final class ConfigRejected extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ConfigRejected(List<Problem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    /// At least one, by line and column.
    public List<Problem> problems() {
        return problems;
    }
}
