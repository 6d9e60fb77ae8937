package io.fdsentry.target;

import static io.fdsentry.target.Configs.target;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.config.TargetConfig;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One selector after the other on one fake machine that nobody changes.
class SelectorsTest {
    @TempDir(factory = InMemory.class)
    static @Nullable Path directory;

    private static @Nullable FakeProc unpacked;

    @BeforeAll
    static void unpack() {
        unpacked = FakeProc.unpack(Objects.requireNonNull(directory), "node");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pid: 1001                             | 1001
                    comm: nginx                           | 1100 1101 1102
                    comm: ngin                            |
                    comm: ngin.                           | 1100 1101 1102
                    exe: /usr/sbin/nginx                  | 1100 1101 1102
                    exe: /opt/odd tool \\(v2\\)           | 1400
                    cmdline: nginx: worker process        | 1101 1102
                    cmdline: nginx.*                      | 1100 1101 1102
                    cmdline: .*controller:8006            | 1001
                    cgroup: /system.slice/nginx.*         | 1100 1101 1102
                    cgroup: /kubepods/burstable/.*        | 2003
                    container: redis                      | 2002
                    container: dddddddddddd               | 2001
                    container: d{64}                      | 2001
                    pod: ruler-.*                         | 1000 1001
                    namespace: shop                       | 1000 1001
                    workload: redis                       | 2002
                    workload: ruler                       | 1000 1001
                    """)
    void eachSelectorMatchesTheWhole(String selector, String pids) {
        assertEquals(pids == null ? "" : pids, matched(target("t", selector)));
    }

    @Test
    void allConditionsMustHold() {
        assertEquals("1101 1102", matched(target("t", "exe: /usr/sbin/nginx", "cmdline: .*worker.*")));
        assertEquals("", matched(target("t", "comm: nginx", "namespace: shop")));
        assertEquals("1001", matched(target("t", "namespace: shop", "container: ruler")));
    }

    @Test
    void excludedOnesAreLeftOut() {
        assertEquals("1101 1102", matched(target("t", "comm: nginx", "exclude cmdline: .*master.*", "exclude pid: 7")));
    }

    @Test
    void whatMayNotBeReadIsUndecidedAndNeverNo() {
        // 1300's program cannot be read.
        assertUndecided(1, target("t", "exe: /usr/bin/ssh-agent"));
        assertUndecided(1, target("t", "exe: /usr/bin/ssh-agent", "comm: ssh-.*"));
        assertUndecided(0, target("t", "exe: /usr/bin/ssh-agent", "comm: sshd"));
        assertUndecided(0, target("t", "exe: /usr/bin/ssh-agent", "cmdline: sshd"));
        assertUndecided(1, target("t", "comm: ssh-agent", "exclude exe: /usr/bin/other"));
        assertUndecided(0, target("t", "comm: nginx", "exclude exe: /usr/bin/other"));
        // 2003's pod has no names here; 2001 and 2004 are in none.
        assertUndecided(1, target("t", "pod: redis-.*"));
        assertUndecided(3, target("t", "container: web", "comm: redis-server"));
    }

    @ParameterizedTest
    @CsvSource({
        "comm: .*, ''",
        "comm: java, ''",
        "exe: .*/bin/java, ''",
        "pid: 1500, 1500",
        "cmdline: .*fdsentry.*, 1500",
        "cgroup: .*/fdsentry.service, 1500",
    })
    void fdsentryItselfIsWatchedOnlyWhenAskedFor(String selector, String pids) {
        assertEquals(pids, matched(target("t", selector, "exclude exe: /usr/s?bin/.*", "exclude comm: [^j].*")));
    }

    private static void assertUndecided(int expected, TargetConfig target) {
        assertEquals(expected, resolve(target).targets().getFirst().undecided());
    }

    private static String matched(TargetConfig target) {
        return String.join(
                " ",
                resolve(target).processes().stream()
                        .map(process -> Integer.toString(process.id().pid()))
                        .toList());
    }

    private static Resolution resolve(TargetConfig target) {
        FakeProc fake = Objects.requireNonNull(unpacked);
        Targets targets =
                new Targets(new ProcFs(fake.proc()), new ContainerNames(fake.rootfs()), InstantSource.system());
        return Seen.of(targets.resolve(Configs.of(target), (process, port) -> Answer.NO));
    }
}
