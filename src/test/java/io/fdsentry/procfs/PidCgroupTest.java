package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PidCgroupTest {
    @Test
    void readsVersionTwo() {
        PidCgroup cgroup = parse("0::/system.slice/docker-abc.scope\n");

        assertEquals("/system.slice/docker-abc.scope", cgroup.unified());
        assertNull(cgroup.of("pids"));
    }

    @Test
    void readsVersionOneWithJoinedControllers() {
        PidCgroup cgroup = parse("11:cpu,cpuacct:/a\n8:pids:/b\n1:name=systemd:/c\n");

        assertEquals("/a", cgroup.of("cpuacct"));
        assertEquals("/b", cgroup.of("pids"));
        assertEquals("/c", cgroup.of("name=systemd"));
        assertNull(cgroup.unified());
    }

    @Test
    void readsBothMixed() {
        PidCgroup cgroup = parse("8:pids:/docker/abc\n0::/\n");

        assertEquals("/docker/abc", cgroup.of("pids"));
        assertEquals("/", cgroup.unified());
    }

    @Test
    void colonsBelongToThePath() {
        PidCgroup cgroup = parse("1:name=systemd:/kubepods-pod1.slice:cri-containerd:abc\n");

        assertEquals("/kubepods-pod1.slice:cri-containerd:abc", cgroup.of("name=systemd"));
    }

    @Test
    void aGroupThatWasRemovedKeepsItsName() {
        assertEquals("/gone", parse("0::/gone (deleted)\n").unified());
    }

    @Test
    void refusesWhatIsNoGroup() {
        assertThrows(IllegalArgumentException.class, () -> parse("0:/\n"));
        assertThrows(IllegalArgumentException.class, () -> parse("nonsense\n"));
    }

    private static PidCgroup parse(String text) {
        return PidCgroup.parse(text.getBytes(UTF_8));
    }
}
