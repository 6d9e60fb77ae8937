package io.fdsentry.target;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.fdsentry.model.ContainerName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names of pods and containers on this node, from the names of two directories' entries, which the kubelet
/// keeps for its log readers (`pkg/kubelet/kuberuntime/helpers.go` and `legacy.go` of Kubernetes):
///
///     ROOTFS/var/log/containers/POD_NAMESPACE_CONTAINER-ID.log
///     ROOTFS/var/log/pods/NAMESPACE_POD_UID/CONTAINER/
///
/// Only names are read: what the entries link to is never followed.
///
/// @param containers by id
/// @param pods by uid
record LogNames(Map<String, ContainerName> containers, Map<String, Pod> pods) {
    static final LogNames NONE = new LogNames(Map.of(), Map.of());

    private static final Pattern LOG = Pattern.compile("([a-z0-9.-]+)_([a-z0-9-]+)_([a-z0-9-]+)-([0-9a-f]{64})\\.log");
    private static final Pattern POD = Pattern.compile("([a-z0-9-]+)_([a-z0-9.-]+)_([0-9a-f-]+)");

    /// @param containers that have logs; empty where `var/log/containers` tells them by id
    record Pod(String namespace, String name, List<String> containers) {
        Pod {
            containers = List.copyOf(containers);
        }
    }

    static LogNames list(Path rootfs) {
        Map<String, ContainerName> containers = containers(rootfs.resolve("var/log/containers"));
        return new LogNames(containers, pods(rootfs.resolve("var/log/pods"), containers.isEmpty()));
    }

    private static Map<String, ContainerName> containers(Path directory) {
        Map<String, ContainerName> containers = new HashMap<>();
        for (String entry : entries(directory)) {
            Matcher log = LOG.matcher(entry);
            if (log.matches()) {
                String id = log.group(4);
                containers.put(id, new ContainerName(log.group(2), log.group(1), log.group(3), id));
            }
        }
        return containers;
    }

    private static Map<String, Pod> pods(Path directory, boolean withContainers) {
        Map<String, Pod> pods = new HashMap<>();
        for (String entry : entries(directory)) {
            Matcher pod = POD.matcher(entry);
            if (pod.matches()) {
                List<String> containers = withContainers ? entries(directory.resolve(entry)) : List.of();
                pods.put(pod.group(3), new Pod(pod.group(1), pod.group(2), containers));
            }
        }
        return pods;
    }

    /// Without a directory, or without the right to list it, there are no names.
    private static List<String> entries(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return names;
        }
        return names;
    }
}
