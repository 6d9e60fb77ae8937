package io.fdsentry.model;

import java.time.Instant;

/// A piece of evidence in a list.
///
/// @param id `[a-z0-9-]+`
/// @param recordedAt when it was made
/// @param occasion why it was made
/// @param target name of the process' target
/// @param pid its pid
/// @param command its command
/// @param container where it ran, as far as that is known
/// @param state the worst that was thought of it
/// @param cause of its worst finding, [Cause#UNKNOWN] without one
/// @param sentence the worst finding in words, empty without one
public record EvidenceSummary(
        String id,
        Instant recordedAt,
        Occasion occasion,
        String target,
        int pid,
        String command,
        ContainerName container,
        LeakState state,
        Cause cause,
        String sentence) {}
