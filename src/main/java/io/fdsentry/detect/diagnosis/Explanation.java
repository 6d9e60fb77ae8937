package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Role;

/// A cause with its evidence.
///
/// @param cause why
/// @param sentence the evidence in words, with figures
/// @param peer the peer the leaked connections have in common, empty where there is none
/// @param site where goroutines wait, empty where that is not known
/// @param role the end this process is at
public record Explanation(Cause cause, String sentence, String peer, String site, Role role) {
    Explanation(Cause cause, String sentence, String peer) {
        this(cause, sentence, peer, "", Role.HOLDER);
    }

    Explanation at(String where) {
        return new Explanation(cause, sentence, peer, where, role);
    }
}
