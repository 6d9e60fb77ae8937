package io.fdsentry.netlink;

/// How a dump went that came to its end.
///
/// @param sockets rows handed to the sink
/// @param approximate whether the kernel said each time that the table changed under it, so that some may be
/// missing or double
public record Dump(int sockets, boolean approximate) {}
