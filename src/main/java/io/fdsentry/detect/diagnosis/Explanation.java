package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;

/// A cause with its evidence.
///
/// @param cause why
/// @param sentence the evidence in words, with figures
/// @param peer the peer the leaked connections have in common, empty where there is none
public record Explanation(Cause cause, String sentence, String peer) {}
