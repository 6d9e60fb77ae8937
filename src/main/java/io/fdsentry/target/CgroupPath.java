package io.fdsentry.target;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.fdsentry.procfs.PidCgroup;
import java.util.ArrayList;
import java.util.List;

/// What a cgroup path says of the container: every runtime and driver puts the container's id, 64 hexadecimal
/// digits, into a directory of its own, and the kubelet the pod's uid into one above.
///
///     cgroupfs driver    /kubepods/burstable/podUID/ID      /docker/ID      /libpod_parent/libpod-ID
///     systemd driver     /kubepods.slice/.../kubepods-burstable-podUID.slice/cri-containerd-ID.scope
///                        .../crio-ID.scope   /system.slice/docker-ID.scope
///                        /machine.slice/libpod-ID.scope/container
///     both confused      /system.slice/containerd.service/kubepods-burstable-podUID.slice:cri-containerd:ID
///     from inside        /../cri-containerd-ID.scope
///
/// @param ids of the containers it is in, the innermost first: containers run in containers
/// @param podUid as the API writes it; empty where the path names none
/// @param maybePod whether it may be in a Kubernetes pod nevertheless: the path begins outside our cgroup namespace
record CgroupPath(List<String> ids, String podUid, boolean maybePod) {
    private static final CgroupPath HOST = new CgroupPath(List.of(), "", false);
    private static final Pattern CONTAINER =
            Pattern.compile("(?:.*\\.slice:)?(?:([a-z0-9_-]+)[-:])?([0-9a-f]{64})(?:\\.scope)?");
    private static final Pattern POD =
            Pattern.compile("pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})");

    CgroupPath {
        ids = List.copyOf(ids);
    }

    /// The first of its groups that names a container, else that of the host.
    static CgroupPath of(PidCgroup cgroup) {
        return cgroup.groups().stream()
                .map(group -> parse(group.path()))
                .filter(path -> !path.ids.isEmpty())
                .findFirst()
                .orElse(HOST);
    }

    static CgroupPath parse(String path) {
        List<String> ids = new ArrayList<>();
        for (String directory : path.split("/")) {
            String id = id(directory);
            if (!id.isEmpty()) {
                ids.addFirst(id);
            }
        }
        return new CgroupPath(ids, podUid(path), path.startsWith("/../"));
    }

    /// Empty for a directory of no container; `conmon` is the monitor beside a container, a process of the host.
    private static String id(String directory) {
        Matcher matcher = CONTAINER.matcher(directory);
        if (!matcher.matches()) {
            return "";
        }
        String runtime = matcher.group(1);
        return runtime != null && runtime.endsWith("conmon") ? "" : matcher.group(2);
    }

    private static String podUid(String path) {
        Matcher matcher = POD.matcher(path);
        String uid = "";
        while (matcher.find()) {
            uid = matcher.group(1).replace('_', '-');
        }
        return uid;
    }
}
