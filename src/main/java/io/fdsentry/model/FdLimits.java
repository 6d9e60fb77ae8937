package io.fdsentry.model;

import org.jspecify.annotations.Nullable;

/// RLIMIT_NOFILE of a process and what bounds it besides; null where there is no such limit.
///
/// @param soft soft limit, null when unlimited
/// @param hard hard limit, null when unlimited
/// @param effective nearest of the soft limit, `fs.nr_open` and the host's headroom in `fs.file-nr`
public record FdLimits(
        @Nullable Long soft, @Nullable Long hard, @Nullable Long effective) {}
