package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import org.jspecify.annotations.Nullable;

/// Connections that were opened here, one after the other, used once and kept.
final class PoolPerRequest implements Diagnosis {
    @Override
    public @Nullable Explanation explain(Subject subject) {
        Unreused out = Unreused.of(subject, Direction.OUT);
        return out == null || !out.peerIsThere()
                ? null
                : new Explanation(
                        Cause.CONNECTION_POOL_PER_REQUEST,
                        out.words() + ": connections are pooled per request and never reused.",
                        out.peer());
    }
}
