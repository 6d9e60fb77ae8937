package io.fdsentry.target;

import io.fdsentry.model.ContainerName;
import io.fdsentry.procfs.PidCgroup;
import io.fdsentry.target.Container.Naming;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// From a container's id to the names Kubernetes knows it by, without asking Kubernetes: the kubelet's log
/// directories carry them in the names of their entries ([LogNames]). Where there are none, pod and namespace are
/// empty and the container is its short id.
public final class ContainerNames {
    private static final int SHORT_ID = 12;

    private final Path rootfs;
    private LogNames names = LogNames.NONE;
    private boolean listed;
    private int generation;

    /// @param rootfs where the root file system of the host is mounted, such as `/`
    public ContainerNames(Path rootfs) {
        this.rootfs = rootfs;
    }

    /// Names that were missing may be looked for once more: containers start before the kubelet makes their logs.
    void beginRound() {
        listed = false;
    }

    /// Changes whenever other names are known than before.
    int generation() {
        return generation;
    }

    /// Where a process runs.
    ///
    /// @param cgroup its control groups
    /// @param pause whether it is the process that holds the namespaces of a pod: its container has no name
    Container of(PidCgroup cgroup, boolean pause) {
        CgroupPath path = CgroupPath.of(cgroup);
        if (path.ids().isEmpty()) {
            return Container.HOST;
        }
        Container found = find(path, pause);
        if (found == null && !listed) {
            list();
            found = find(path, pause);
        }
        return found != null ? found : unnamed(path);
    }

    private void list() {
        listed = true;
        LogNames now = LogNames.list(rootfs);
        if (!now.equals(names)) {
            names = now;
            generation++;
        }
    }

    private @Nullable Container find(CgroupPath path, boolean pause) {
        for (String id : path.ids()) {
            ContainerName name = names.containers().get(id);
            if (name != null) {
                return new Container(name, Naming.COMPLETE);
            }
        }
        LogNames.Pod pod = names.pods().get(path.podUid());
        return pod == null ? null : inPod(pod, path.ids().getFirst(), pause);
    }

    /// The pod is known and the container's id is not: by its name only where there is but one.
    private static Container inPod(LogNames.Pod pod, String id, boolean pause) {
        if (pod.containers().size() == 1 && !pause) {
            String only = pod.containers().getFirst();
            return new Container(new ContainerName(pod.namespace(), pod.name(), only, id), Naming.COMPLETE);
        }
        return new Container(new ContainerName(pod.namespace(), pod.name(), shortId(id), id), Naming.NO_CONTAINER);
    }

    private static Container unnamed(CgroupPath path) {
        String id = path.ids().getFirst();
        boolean maybePod = !path.podUid().isEmpty() || path.maybePod();
        return new Container(new ContainerName("", "", shortId(id), id), maybePod ? Naming.UNKNOWN : Naming.NO_POD);
    }

    private static String shortId(String id) {
        return id.substring(0, SHORT_ID);
    }
}
