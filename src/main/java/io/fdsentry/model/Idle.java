package io.fdsentry.model;

/// What only the kernel's byte times (`tcp_info`) can tell. Absent where they cannot be read, never zero.
///
/// @param halfOpen established, idle, and no timer that could ever end it
/// @param idle established, idle, and not half open
/// @param atLeast established and CLOSE_WAIT sockets over which no byte went either way for at least each age
public record Idle(int halfOpen, int idle, Counts<Age> atLeast) {}
