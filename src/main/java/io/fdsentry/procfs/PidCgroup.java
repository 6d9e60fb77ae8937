package io.fdsentry.procfs;

import io.fdsentry.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The control groups of a process, from `/proc/PID/cgroup`
/// ([cgroups(7)](https://man7.org/linux/man-pages/man7/cgroups.7.html)); readable by everybody.
///
/// @param groups one for each hierarchy: several with version 1, one without controllers with version 2, both
///     where they are mixed
public record PidCgroup(List<Group> groups) {
    private static final String DELETED = " (deleted)";

    public PidCgroup {
        groups = List.copyOf(groups);
    }

    /// @param controllers such as `pids` or `cpu,cpuacct` or `name=systemd`; empty for version 2
    /// @param path from the root of the reader's cgroup namespace: one outside it begins with `/..`
    public record Group(String controllers, String path) {
        boolean has(String controller) {
            return List.of(controllers.split(",")).contains(controller);
        }
    }

    public static Outcome<PidCgroup> read(ProcFs procfs, int pid) {
        return procfs.readOnce(pid + "/cgroup", PidCgroup::parse);
    }

    /// @throws IllegalArgumentException if it is something else
    static PidCgroup parse(byte[] text) {
        List<Group> groups = new ArrayList<>();
        for (String line : ProcText.lines(text)) {
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first < 0 || second < 0) {
                throw new IllegalArgumentException("not a control group: " + ProcText.quote(line));
            }
            groups.add(new Group(line.substring(first + 1, second), withoutDeleted(line.substring(second + 1))));
        }
        return new PidCgroup(groups);
    }

    /// The path of version 2; null with version 1 alone.
    public @Nullable String unified() {
        return path("");
    }

    /// The path in the hierarchy of a controller of version 1; null where there is none.
    public @Nullable String of(String controller) {
        return path(controller);
    }

    private @Nullable String path(String controller) {
        for (Group group : groups) {
            if (group.has(controller)) {
                return group.path();
            }
        }
        return null;
    }

    private static String withoutDeleted(String path) {
        return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    }
}
