package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import org.jspecify.annotations.Nullable;

/// Connections to one peer that were opened here, used once and kept, and that nothing will end: forgotten here, or
/// the other end went away without a word. Which cannot be told; with whom they are can.
final class KeptOrGone implements Diagnosis {
    @Override
    public @Nullable Explanation explain(Subject subject) {
        Unreused out = Unreused.of(subject, Direction.OUT);
        return out == null || out.peerIsThere()
                ? null
                : new Explanation(
                        Cause.UNKNOWN,
                        out.words()
                                + ": forgotten here, or the other end is gone; without keepalive it cannot be told which.",
                        out.peer());
    }
}
