package io.fdsentry.model;

/// One target in one round.
///
/// @param name its name
/// @param processes processes that match
/// @param undecided processes of which it cannot be told, since a selector may not be evaluated
public record TargetSample(String name, int processes, int undecided) {}
