package io.fdsentry.model;

/// Where a process runs in a cluster. Parts that are not known are empty, as Prometheus treats an empty label.
///
/// @param namespace Kubernetes namespace
/// @param pod pod name
/// @param container container name, or its short id when the names cannot be found
/// @param id full container id from the cgroup path, empty for a process of the host
public record ContainerName(String namespace, String pod, String container, String id) {
    /// A process that runs in no container we can tell.
    public static final ContainerName NONE = new ContainerName("", "", "", "");
}
