package io.fdsentry;

/// What a wrong configuration does at the start: the values of `--config.on-error`.
public enum OnError {
    /// fdsentry ends with 2.
    EXIT,
    /// It runs on the built-in defaults and says so, since a sidecar must not keep its pod from starting.
    DEFAULTS
}
