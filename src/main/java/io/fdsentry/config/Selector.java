package io.fdsentry.config;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Conditions on a process; null conditions hold for every process, the others must all hold.
/// An expression is for the whole text (`Pattern#matches`), and its `.` matches line breaks.
///
/// @param pid its number
/// @param pidFile a file that holds its number
/// @param listenPort a TCP port it listens on
/// @param comm the kernel's 15 bytes of its name
/// @param exe path of its executable
/// @param cmdline its arguments, NULs as spaces
/// @param cgroup its cgroup path
/// @param container container name or id
/// @param pod pod name
/// @param namespace Kubernetes namespace
/// @param workload the pod's name without the parts its controller added
public record Selector(
        @Nullable Integer pid,
        @Nullable Path pidFile,
        @Nullable Integer listenPort,
        @Nullable Pattern comm,
        @Nullable Pattern exe,
        @Nullable Pattern cmdline,
        @Nullable Pattern cgroup,
        @Nullable Pattern container,
        @Nullable Pattern pod,
        @Nullable Pattern namespace,
        @Nullable Pattern workload) {}
