package io.fdsentry.model;

/// One descriptor of one process, for evidence.
///
/// @param fd its number
/// @param kind what it is
/// @param link the text of `/proc/PID/fd/N`, such as `socket:[4711]` or a path; empty where it could not be read
public record FdDetail(int fd, FdKind kind, String link) {}
