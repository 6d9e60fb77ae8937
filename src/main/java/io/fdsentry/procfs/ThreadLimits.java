package io.fdsentry.procfs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many threads a process could have at most as things stand: what its control groups and the machine have
/// left, and its RLIMIT_NPROC, the nearest. Each group and the machine are asked once a round.
public final class ThreadLimits {
    private final ProcFs procfs;
    private final CgroupPids groups;
    private final Map<PidCgroup, Long> rooms = new HashMap<>();
    private @Nullable Long machine;

    /// @param rootfs as in [CgroupPids]
    public ThreadLimits(ProcFs procfs, Path rootfs) {
        this.procfs = procfs;
        this.groups = new CgroupPids(rootfs);
    }

    /// Forgets what the groups and the machine had left.
    public void beginRound() {
        rooms.clear();
        machine = null;
    }

    /// @param threads that it has
    /// @param limits its resource limits; null where they are not known
    /// @param isRoot whether its real uid is 0, which RLIMIT_NPROC does not bind
    /// @param cgroup its control groups; null where they are not known
    /// @return null where nothing is known to bind it
    public @Nullable Long nearest(int threads, @Nullable PidLimits limits, boolean isRoot, @Nullable PidCgroup cgroup) {
        long room = Math.min(machineRoom(), cgroup == null ? Long.MAX_VALUE : groupRoom(cgroup));
        Long own = limits == null || isRoot ? null : limits.processes().soft();
        long nearest = Math.min(own == null ? Long.MAX_VALUE : own, saturated(threads, room));
        return nearest == Long.MAX_VALUE ? null : nearest;
    }

    private long groupRoom(PidCgroup cgroup) {
        return rooms.computeIfAbsent(
                cgroup, group -> orUnlimited(groups.headroom(group).orNull()));
    }

    private long machineRoom() {
        Long known = machine;
        if (known == null) {
            Long max = Sysctl.THREADS_MAX.read(procfs).orNull();
            Long used = Loadavg.threads(procfs).orNull();
            known = max == null || used == null ? Long.MAX_VALUE : Math.max(0, max - used);
            machine = known;
        }
        return known;
    }

    private static long orUnlimited(@Nullable Long room) {
        return room == null ? Long.MAX_VALUE : room;
    }

    private static long saturated(long threads, long room) {
        return room == Long.MAX_VALUE ? room : threads + room;
    }
}
