package io.fdsentry.model;

/// One target in one round.
///
/// @param name its name
/// @param processes processes that match
/// @param undecided processes of which it cannot be told, since a selector may not be evaluated
/// @param timeScale `detection.time_scale` of it, which divides what an [Age] stands for; 1 in earnest
public record TargetSample(String name, int processes, int undecided, double timeScale) {
    /// One whose ages are what they say.
    public TargetSample(String name, int processes, int undecided) {
        this(name, processes, undecided, 1);
    }
}
