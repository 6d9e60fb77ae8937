package io.fdsentry.model;

/// A probe that could not tell, for `fdsentry_probe_errors_total`.
///
/// @param probe what was looked at
/// @param reason why it failed
public record ProbeError(Probe probe, Reason reason) {}
