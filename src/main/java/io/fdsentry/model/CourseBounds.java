package io.fdsentry.model;

/// How much history the page may keep, and keeps.
///
/// @param mostBytes in all
/// @param bytes now
/// @param mostPoints of each process; fewer, the more processes there are
public record CourseBounds(long mostBytes, long bytes, int mostPoints) {}
