package io.fdsentry.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.ContainerName;
import io.fdsentry.procfs.PidCgroup;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.target.Container.Naming;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerNamesTest {
    private static final String ID = "a".repeat(64);
    private static final String UID = "3f1c2d4e-0a1b-4c2d-9e3f-001122334455";
    private static final PidCgroup IN_POD =
            new PidCgroup(List.of(new PidCgroup.Group("", "/kubepods/pod" + UID + "/" + ID)));

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void namesPodsByWhatTheKubeletKeeps() {
        FakeProc fake = FakeProc.unpack(directory, "node");
        ContainerNames names = new ContainerNames(fake.rootfs());

        assertEquals("shop/ruler-7d4b9c6f58-x2x4z/ruler", told(names, fake, 1001));
        assertEquals("shop/ruler-7d4b9c6f58-x2x4z/bbbbbbbbbbbb", told(names, fake, 1000));
        assertEquals("cache/redis-0/redis", told(names, fake, 2002));
    }

    @Test
    void withoutNamesTheContainerIsItsShortId() {
        FakeProc fake = FakeProc.unpack(directory, "node");
        ContainerNames names = new ContainerNames(fake.rootfs());

        assertEquals("//dddddddddddd", told(names, fake, 2001));
        assertEquals("//ffffffffffff", told(names, fake, 2003));
        assertEquals("//cccccccccccc", told(names, fake, 2004));
    }

    @Test
    void processesOfTheHostHaveNoContainer() {
        FakeProc fake = FakeProc.unpack(directory, "node");
        ContainerNames names = new ContainerNames(fake.rootfs());

        PidCgroup host = Seen.of(PidCgroup.read(new ProcFs(fake.proc()), 1100));

        assertEquals(Container.HOST, names.of(host, false));
    }

    @Test
    void aNameThatComesLateIsFoundInTheNextRound() {
        FakeProc fake = FakeProc.empty(directory);
        ContainerNames names = new ContainerNames(fake.rootfs());
        names.beginRound();
        assertEquals(Naming.UNKNOWN, names.of(IN_POD, false).naming());

        fake.add("Path: rootfs/var/log/containers/api-0_shop_api-%s.log\n|\\\n".formatted(ID));
        assertEquals(Naming.UNKNOWN, names.of(IN_POD, false).naming(), "one listing a round");

        names.beginRound();
        assertEquals(
                new ContainerName("shop", "api-0", "api", ID),
                names.of(IN_POD, false).name());
    }

    @Test
    void withoutLogsById_AnOnlyContainerIsMeant() {
        FakeProc fake =
                FakeProc.empty(directory).add("Directory: rootfs/var/log/pods/shop_api-0_%s/api\n".formatted(UID));
        ContainerNames names = new ContainerNames(fake.rootfs());

        assertEquals(
                new ContainerName("shop", "api-0", "api", ID),
                names.of(IN_POD, false).name());
        assertEquals(Naming.NO_CONTAINER, names.of(IN_POD, true).naming(), "not the pause process");
    }

    @Test
    void withoutLogsById_TwoContainersAreNotTold() {
        FakeProc fake = FakeProc.empty(directory)
                .add("Directory: rootfs/var/log/pods/shop_api-0_%s/api\n".formatted(UID))
                .add("Directory: rootfs/var/log/pods/shop_api-0_%s/envoy\n".formatted(UID));
        ContainerNames names = new ContainerNames(fake.rootfs());

        assertEquals(
                new ContainerName("shop", "api-0", "aaaaaaaaaaaa", ID),
                names.of(IN_POD, false).name());
    }

    @Test
    void entriesOfOtherFormsAreLeftOut() {
        FakeProc fake = FakeProc.empty(directory)
                .add("Path: rootfs/var/log/containers/README\n|\\\n")
                .add("Path: rootfs/var/log/containers/x_y_z.log\n|\\\n")
                .add("Path: rootfs/var/log/containers/a{b}_c\"d_e-%s.log\n|\\\n".formatted(ID))
                .add("Directory: rootfs/var/log/pods/lost+found\n");

        assertEquals(LogNames.NONE, LogNames.list(fake.rootfs()));
    }

    private static String told(ContainerNames names, FakeProc fake, int pid) {
        PidCgroup cgroup = Seen.of(PidCgroup.read(new ProcFs(fake.proc()), pid));
        ContainerName name = names.of(cgroup, false).name();
        return name.namespace() + "/" + name.pod() + "/" + name.container();
    }
}
