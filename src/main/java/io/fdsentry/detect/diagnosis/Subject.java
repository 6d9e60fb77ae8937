package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be explained.
///
/// @param verdict of the resource that rises
/// @param at when the figures were counted
/// @param started when the process started
/// @param now the figures
/// @param before the figures when the rise began
/// @param connections its connections when they were last listed, null where they were not
/// @param goroutines where they wait, null where that is not known
/// @param limit what its descriptors, or threads, may come to; null where there is none
public record Subject(
        Verdict verdict,
        Instant at,
        Instant started,
        Figures now,
        Figures before,
        @Nullable Connections connections,
        @Nullable Goroutines goroutines,
        @Nullable Long limit) {}
