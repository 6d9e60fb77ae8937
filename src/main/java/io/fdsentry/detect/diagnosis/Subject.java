package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be explained.
///
/// @param verdict of the resource that rises
/// @param at when the figures were counted
/// @param now the figures
/// @param before the figures when the rise began
/// @param connections its connections when they were last listed, null where they were not
/// @param limit what its descriptors, or threads, may come to; null where there is none
public record Subject(
        Verdict verdict,
        Instant at,
        Figures now,
        Figures before,
        @Nullable Connections connections,
        @Nullable Long limit) {}
