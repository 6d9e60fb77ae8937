package io.fdsentry.detect.diagnosis;

import org.jspecify.annotations.Nullable;

/// One cause.
interface Diagnosis {
    /// Fewer are no pattern.
    int FEW = 10;
    /// What makes up at least this share of a rise made it.
    double MOST = .7;
    /// Nearly all.
    double NEARLY_ALL = .8;

    /// The evidence, or null when this is not the cause.
    @Nullable
    Explanation explain(Subject subject);
}
