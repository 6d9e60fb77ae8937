package io.fdsentry.web.history;

import io.fdsentry.model.Course;
import io.fdsentry.model.Drawn;
import io.fdsentry.model.ProcessId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A copy of a [Trail].
final class TrailCopy implements Course {
    private final ProcessId id;
    private final int[] at;
    private final int[] counts;

    TrailCopy(ProcessId id, int[] at, int[] counts) {
        this.id = id;
        this.at = at;
        this.counts = counts;
    }

    @Override
    public ProcessId id() {
        return id;
    }

    @Override
    public int size() {
        return at.length;
    }

    @Override
    public Instant at(int point) {
        return Instant.ofEpochSecond(at[point]);
    }

    @Override
    public boolean knows(Drawn what) {
        for (int i = 0; i < at.length; i++) {
            if (count(what, i) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Integer count(Drawn what, int point) {
        int count = counts[point * Columns.COUNT + what.ordinal()];
        return count == Columns.UNKNOWN ? null : count;
    }
}
