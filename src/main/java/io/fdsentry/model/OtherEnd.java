package io.fdsentry.model;

import org.jspecify.annotations.Nullable;

/// The other end of a connection, where a table that was read lists it: both ends are on machines' tables we see.
///
/// @param process who holds it; null where nobody we watch does, or nobody at all: a closed end waits without owner
/// @param state the state it is in there
public record OtherEnd(@Nullable ProcessId process, TcpState state) {}
