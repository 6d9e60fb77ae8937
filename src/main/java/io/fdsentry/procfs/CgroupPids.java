package io.fdsentry.procfs;

import io.fdsentry.libc.ErrnoException;
import io.fdsentry.model.Outcome;
import java.nio.file.Path;

/// How many more threads a control group lets its processes start: `pids.max` and `pids.current`
/// ([cgroup v2](https://docs.kernel.org/admin-guide/cgroup-v2.html#pid)) of the group and of each above it, since
/// the tightest binds; the kubelet sets it on the pod. Readable by everybody.
public final class CgroupPids {
    private static final String UNLIMITED = "max";
    /// Where version 2 is mounted beside version 1.
    private static final String MIXED = "unified";

    private final Tree tree;

    /// @param rootfs where the root file system is mounted; the hierarchies are below its `sys/fs/cgroup`
    public CgroupPids(Path rootfs) {
        this.tree = new Tree(rootfs.resolve("sys/fs/cgroup"));
    }

    /// How many more; 2^63−1 where no group has a limit. Unsupported where the groups are not to be found here,
    /// as for a group outside of our cgroup namespace.
    public Outcome<Long> headroom(PidCgroup cgroup) {
        String version1 = cgroup.of("pids");
        String version2 = cgroup.unified();
        if (version1 != null) {
            return headroom("pids", version1);
        }
        if (version2 == null) {
            return Outcome.unsupported("no pids controller");
        }
        return headroom(tree.isDirectory(MIXED) ? MIXED : ".", version2);
    }

    private Outcome<Long> headroom(String hierarchy, String path) {
        if (path.startsWith("/..") || !tree.isDirectory(hierarchy + path)) {
            return Outcome.unsupported("the control group " + ProcText.quote(path) + " is not to be seen from here");
        }
        long least = room(hierarchy);
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            least = Math.min(least, room(hierarchy + path.substring(0, end)));
        }
        return Outcome.seen(least);
    }

    /// Without a limit, as the root has none, [Long#MAX_VALUE].
    private long room(String group) {
        try {
            String max = text(group + "/pids.max");
            return max.equals(UNLIMITED)
                    ? Long.MAX_VALUE
                    : Math.max(0, Long.parseLong(max) - Long.parseLong(text(group + "/pids.current")));
        } catch (ErrnoException | NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private String text(String file) throws ErrnoException {
        return ProcText.decode(tree.read(file)).strip();
    }
}
