package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Role;
import org.jspecify.annotations.Nullable;

/// Connections that one address opened, one after the other, used once and keeps: the other end of a leak that has
/// to be looked for there.
final class HeldByPeer implements Diagnosis {
    @Override
    public @Nullable Explanation explain(Subject subject) {
        Unreused in = Unreused.of(subject, Direction.IN);
        return in == null || !in.peerIsThere()
                ? null
                : new Explanation(
                        Cause.UNKNOWN,
                        in.words() + ": they are opened and kept by the other end; the cause is there.",
                        in.peer(),
                        "",
                        Role.HELD);
    }
}
