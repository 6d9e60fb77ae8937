package io.fdsentry;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The flags of `fdsentry run`.
///
/// @param configFile null: `config.yaml` in the working directory if there is one
/// @param onError what a wrong configuration does at the start
/// @param listen where HTTP is served
/// @param webConfigFile TLS and users; null: neither
/// @param procfs where procfs is mounted
/// @param rootfs the root directory of the node, to find the names of containers
public record RunOptions(
        @Nullable Path configFile,
        OnError onError,
        ListenAddress listen,
        @Nullable Path webConfigFile,
        Path procfs,
        Path rootfs) {}
