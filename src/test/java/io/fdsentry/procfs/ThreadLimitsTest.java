package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.PidCgroup.Group;
import io.fdsentry.procfs.PidLimits.Limit;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadLimitsTest {
    private static final String MACHINE =
            "Path: proc/sys/kernel/threads-max\n|1000\nPath: proc/loadavg\n|0 0 0 1/700 9\n";
    private static final PidCgroup POD = new PidCgroup(List.of(new Group("", "/pod/app")));

    @TempDir(factory = InMemory.class)
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // limit of the app, its parent and the root, used in each, and the room left
        "max, max, max, 1, 1, 1, 9223372036854775807",
        "10, max, max, 4, 5, 6, 6",
        "10, 8, max, 4, 5, 6, 3",
        "10, 8, 7, 4, 5, 6, 1",
        "3, 8, max, 4, 5, 6, 0",
    })
    void theTightestOfAllGroupsAboveBinds(
            String app, String pod, String root, int inApp, int inPod, int inRoot, long room) {
        FakeProc fake = FakeProc.empty(directory)
                .add(group("pod/app/", app, inApp) + group("pod/", pod, inPod) + group("", root, inRoot));

        assertEquals(Outcome.seen(room), new CgroupPids(fake.rootfs()).headroom(POD));
    }

    @Test
    void versionOneHasAHierarchyOfItsOwn() {
        FakeProc fake =
                FakeProc.empty(directory).add(group("pids/docker/a/", "20", 4)).add(group("pids/", "max", 9));
        PidCgroup cgroup = new PidCgroup(List.of(new Group("pids", "/docker/a"), new Group("", "/")));

        assertEquals(Outcome.seen(16L), new CgroupPids(fake.rootfs()).headroom(cgroup));
    }

    @Test
    void versionTwoBesideVersionOneIsElsewhere() {
        FakeProc fake = FakeProc.empty(directory).add(group("unified/a/", "20", 4));
        PidCgroup cgroup = new PidCgroup(List.of(new Group("memory", "/x"), new Group("", "/a")));

        assertEquals(Outcome.seen(16L), new CgroupPids(fake.rootfs()).headroom(cgroup));
    }

    @Test
    void aGroupThatIsNotToBeSeenHasNoKnownLimit() {
        CgroupPids groups = new CgroupPids(FakeProc.empty(directory).rootfs());

        assertInstanceOf(
                Outcome.Unsupported.class, groups.headroom(new PidCgroup(List.of(new Group("", "/../other")))));
        assertInstanceOf(Outcome.Unsupported.class, groups.headroom(POD));
        assertInstanceOf(Outcome.Unsupported.class, groups.headroom(new PidCgroup(List.of(new Group("cpu", "/")))));
    }

    @Test
    void theNearestOfGroupMachineAndUserIsTheLimit() {
        FakeProc fake = FakeProc.empty(directory)
                .add(MACHINE + group("pod/app/", "110", 10))
                .add(group("pod/", "max", 10));
        ThreadLimits limits = new ThreadLimits(new ProcFs(fake.proc()), fake.rootfs());
        PidLimits fifty = new PidLimits(new Limit(1L, 1L), new Limit(50L, null));
        PidLimits none = new PidLimits(new Limit(1L, 1L), new Limit(null, null));

        assertEquals(50, limits.nearest(10, fifty, false, POD));
        assertEquals(110, limits.nearest(10, fifty, true, POD));
        assertEquals(110, limits.nearest(10, none, false, POD));
        assertEquals(310, limits.nearest(10, none, false, null));
        assertEquals(310, limits.nearest(10, null, false, null));
    }

    @Test
    void whereNothingBindsThereIsNoLimit() {
        FakeProc fake = FakeProc.empty(directory);

        assertNull(new ThreadLimits(new ProcFs(fake.proc()), fake.rootfs()).nearest(10, null, false, POD));
    }

    @Test
    void whatIsLeftIsAskedOnceARound() {
        FakeProc fake = FakeProc.empty(directory).add(MACHINE);
        ThreadLimits limits = new ThreadLimits(new ProcFs(fake.proc()), fake.rootfs());
        assertEquals(301, limits.nearest(1, null, true, null));

        fake.add("Path: proc/loadavg\n|0 0 0 1/900 9\n");
        assertEquals(301, limits.nearest(1, null, true, null));
        limits.beginRound();
        assertEquals(101, limits.nearest(1, null, true, null));
    }

    @Test
    void theRealMachineHasALimit() {
        ProcFs procfs = new ProcFs(Path.of("/proc"));
        PidCgroup own =
                PidCgroup.read(procfs, (int) ProcessHandle.current().pid()).orNull();

        Long limit = new ThreadLimits(procfs, Path.of("/")).nearest(1, null, true, own);

        assertEquals(true, limit != null && limit > 1);
    }

    private static String group(String path, String max, int current) {
        return "Path: rootfs/sys/fs/cgroup/%spids.max\n|%s\nPath: rootfs/sys/fs/cgroup/%spids.current\n|%d\n"
                .formatted(path, max, path, current);
    }
}
