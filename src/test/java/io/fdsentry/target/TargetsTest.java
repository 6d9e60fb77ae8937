package io.fdsentry.target;

import static io.fdsentry.target.Configs.target;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.TargetSample;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    private static final ListenPorts NOBODY = (process, port) -> Answer.NO;

    @TempDir(factory = InMemory.class)
    Path directory;

    private FakeProc fake;
    private Targets targets;

    @BeforeEach
    void unpack() {
        fake = FakeProc.unpack(directory, "node");
        targets = new Targets(new ProcFs(fake.proc()), new ContainerNames(fake.rootfs()), InstantSource.system());
    }

    @Test
    void withoutConfigurationEveryProgramIsATarget() {
        Resolution round = resolve(Config.DEFAULTS);

        assertEquals(
                new TreeMap<>(Map.of(
                        "systemd", List.of(1),
                        "containerd-shim-runc-v2", List.of(900),
                        "ruler", List.of(1001),
                        "nginx", List.of(1100, 1101, 1102),
                        "ssh-agent", List.of(1300),
                        "odd_tool__v2_", List.of(1400),
                        "redis-server", List.of(2001, 2002, 2003, 2004))),
                byTarget(round));
        assertTrue(round.targets().contains(new TargetSample("nginx", 3, 0)));
        assertEquals("odd tool (v2)", process(round, 1400).command());
    }

    @Test
    void aPodWithAFdsentryOfItsOwnIsLeftToThatOne() {
        List<Integer> before = podOf("redis-0");
        fake.add("Path: rootfs/var/log/containers/redis-0_cache_fdsentry-%s.log\n|\\\n".formatted("f".repeat(64)));
        Targets node = new Targets(new ProcFs(fake.proc()), new ContainerNames(fake.rootfs()), InstantSource.system());

        Resolution round = Seen.of(node.resolve(Config.DEFAULTS, NOBODY));

        assertFalse(before.isEmpty());
        assertTrue(round.processes().stream()
                .noneMatch(process -> process.container().pod().equals("redis-0")));
        assertTrue(round.processes().stream()
                .anyMatch(process -> process.container().pod().startsWith("ruler-")));
    }

    private List<Integer> podOf(String pod) {
        return resolve(Config.DEFAULTS).processes().stream()
                .filter(process -> process.container().pod().equals(pod))
                .map(process -> process.id().pid())
                .toList();
    }

    @Test
    void theFirstTargetInFileOrderWins() {
        Resolution round =
                resolve(Configs.of(target("workers", "cmdline: .*worker.*"), target("nginx", "comm: nginx")));

        assertEquals(Map.of("workers", List.of(1101, 1102), "nginx", List.of(1100)), byTarget(round));
    }

    @Test
    void aTargetWithoutAProcessIsToldAndIsNoError() {
        Resolution round = resolve(Configs.of(target("none", "comm: nothing"), target("ruler", "comm: ruler")));

        assertEquals(List.of(new TargetSample("none", 0, 0), new TargetSample("ruler", 1, 0)), round.targets());
    }

    @Test
    void anUndecidedTargetDoesNotKeepALaterOneFromWhatItSurelyMatches() {
        Resolution round = resolve(Configs.of(target("a", "exe: /x"), target("b", "comm: ssh-agent")));

        assertEquals(Map.of("b", List.of(1300)), byTarget(round));
        assertEquals(List.of(new TargetSample("a", 0, 1), new TargetSample("b", 1, 0)), round.targets());
    }

    @Test
    void startTimesCountFromBoot() {
        TargetProcess ruler = process(resolve(Config.DEFAULTS), 1001);

        assertEquals(Instant.parse("2023-11-14T23:22:03.450Z"), ruler.startTime());
        assertEquals(new ProcessId(1001, 412345), ruler.id());
        assertEquals(3, ruler.stat().threads());
        assertEquals("ruler-7d4b9c6f58-x2x4z", ruler.container().pod());
    }

    @Test
    void aClockThatIsSetMovesOnlyWhatStartsLater() {
        resolve(Config.DEFAULTS);

        fake.add("Path: proc/stat\n|btime 1700009999\n")
                .rename("proc/2001", "proc/3001")
                .add(stat(3001, "redis-server", 1, 490000));

        Resolution round = resolve(Config.DEFAULTS);
        assertEquals(
                Instant.parse("2023-11-14T23:22:03.450Z"), process(round, 1001).startTime());
        assertEquals(
                Instant.ofEpochSecond(1700009999 + 4900), process(round, 3001).startTime());
    }

    @Test
    void aNumberUsedAgainIsAnotherProcess() {
        Config config = Configs.of(target("ruler", "comm: ruler"));
        assertEquals(new ProcessId(1001, 412345), process(resolve(config), 1001).id());

        fake.add(stat(1001, "ruler", 900, 500001));

        assertEquals(new ProcessId(1001, 500001), process(resolve(config), 1001).id());

        fake.add(stat(1001, "sleep", 900, 500002));
        assertEquals(List.of(), resolve(config).processes());
    }

    @Test
    void anExecKeepsTheProcessAndAsksAgain() {
        Config config = Configs.of(target("nginx", "exe: /usr/sbin/nginx"), target("java", "exe: .*/java"));
        assertEquals("nginx", process(resolve(config), 1102).target().name());

        fake.remove("proc/1102/exe")
                .add("Path: proc/1102/exe\nSymlinkTo: /opt/jdk/bin/java\n")
                .add(stat(1102, "java", 1100, 420010));

        TargetProcess after = process(resolve(config), 1102);
        assertEquals("java", after.target().name());
        assertEquals("java", after.command());
        assertEquals(new ProcessId(1102, 420010), after.id());
    }

    @Test
    void anExecThatTheStatDoesNotShowIsFoundInTheEnd() {
        Config config = Configs.of(target("worker", "cmdline: .*worker.*"), target("helper", "cmdline: .*helper.*"));
        for (int i = 0; i < 10; i++) {
            assertEquals("worker", process(resolve(config), 1102).target().name());
        }

        fake.add("Path: proc/1102/cmdline\n|nginx: helper process\\0\\\n");

        String owner = "";
        for (int i = 0; i < 16; i++) {
            owner = process(resolve(config), 1102).target().name();
        }
        assertEquals("helper", owner);
    }

    @Test
    void theArgumentsAYoungProcessSetsAreNoticedAtOnce() {
        Config config = Configs.of(target("worker", "cmdline: .*worker.*"), target("nginx", "comm: nginx"));
        fake.add("Path: proc/1102/cmdline\n|nginx: master process\\0\\\n");
        assertEquals("nginx", process(resolve(config), 1102).target().name());

        fake.add("Path: proc/1102/cmdline\n|nginx: worker process\\0\\\n");

        assertEquals("worker", process(resolve(config), 1102).target().name());
    }

    @Test
    void whatCannotBeToldIsAskedAgain() {
        Config config = Configs.of(target("agent", "exe: /usr/bin/ssh-agent"));
        assertEquals(List.of(new TargetSample("agent", 0, 1)), resolve(config).targets());

        fake.remove("proc/1300/exe").add("Path: proc/1300/exe\nSymlinkTo: /usr/bin/ssh-agent\n");

        assertEquals(List.of(new TargetSample("agent", 1, 0)), resolve(config).targets());
    }

    @Test
    void aContainerThatIsNamedLateIsMatchedThen() {
        Config config = Configs.of(target("cache", "namespace: cache", "pod: late-.*"));
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    List.of(new TargetSample("cache", 0, 1)), resolve(config).targets());
        }

        fake.add("Path: rootfs/var/log/containers/late-0_cache_redis-%s.log\n|\\\n".formatted("f".repeat(64)));

        Resolution round = resolve(config);
        assertEquals(List.of(new TargetSample("cache", 1, 0)), round.targets());
        assertEquals("redis", process(round, 2003).container().container());
    }

    @Test
    void aPidFileIsReadEveryRound() {
        FakeProc files = fake.add("Path: rootfs/run/app.pid\n|1001\n");
        Config config = Configs.of(target("app", "pid_file: " + fake.rootfs().resolve("run/app.pid")));
        assertEquals(Map.of("app", List.of(1001)), byTarget(resolve(config)));

        files.add("Path: rootfs/run/app.pid\n|1100\n|/var/lib/postgresql\n");
        assertEquals(Map.of("app", List.of(1100)), byTarget(resolve(config)));

        files.remove("rootfs/run/app.pid");
        assertEquals(List.of(new TargetSample("app", 0, 0)), resolve(config).targets());
    }

    @Test
    void aPidFileThatHoldsSomethingElseDecidesNothing() {
        fake.add("Path: rootfs/run/app.pid\n|not a number\n");

        Config config = Configs.of(
                target("t", "comm: nginx", "pid_file: " + fake.rootfs().resolve("run/app.pid")));

        assertEquals(List.of(new TargetSample("t", 0, 3)), resolve(config).targets());
    }

    @Test
    void aListenerBelongsFromWhenItListensAndStaysWhenItDrains() {
        Config config = Configs.of(target("web", "listen_port: 80", "comm: nginx"));
        assertEquals(List.of(), resolve(config).processes());

        assertEquals(Map.of("web", List.of(1101)), byTarget(resolve(config, listening(1101, 80))));
        assertEquals(Map.of("web", List.of(1101)), byTarget(resolve(config)), "it drains");

        fake.add(stat(1101, "nginx", 1100, 420011));
        assertEquals(List.of(), resolve(config).processes(), "another process");
    }

    @Test
    void whoListensMayBeUnknown() {
        Resolution round = resolve(Configs.of(target("web", "listen_port: 80", "comm: nginx")), ListenPorts.UNKNOWN);

        assertEquals(List.of(new TargetSample("web", 0, 3)), round.targets());
    }

    @Test
    void aProcessThatGoesAwayIsForgottenWithoutAWord() {
        Config config = Configs.of(target("nginx", "comm: nginx"));
        assertEquals(3, resolve(config).processes().size());

        fake.remove("proc/1101");

        assertEquals(Map.of("nginx", List.of(1100, 1102)), byTarget(resolve(config)));
    }

    @Test
    void aProcessThatGoesAwayWhileItIsLookedAtIsNeitherCountedNorUndecided() {
        Config config = Configs.of(target("nginx", "comm: nginx", "listen_port: 80", "exe: .*"));

        Resolution round = resolve(config, (process, port) -> {
            if (process.pid() == 1101) {
                fake.remove("proc/1101");
            }
            return Answer.YES;
        });

        assertEquals(Map.of("nginx", List.of(1100, 1102)), byTarget(round));
        assertEquals(List.of(new TargetSample("nginx", 2, 0)), round.targets());
    }

    @Test
    void aListingThatFailsIsToldAndNotTakenForNoProcesses() {
        Targets elsewhere = new Targets(
                new ProcFs(directory.resolve("nowhere")), new ContainerNames(directory), InstantSource.system());

        assertInstanceOf(Outcome.Gone.class, elsewhere.resolve(Config.DEFAULTS, NOBODY));
    }

    private static ListenPorts listening(int pid, int port) {
        return (process, asked) -> Answer.of(process.pid() == pid && asked == port);
    }

    private Resolution resolve(Config config) {
        return resolve(config, NOBODY);
    }

    private Resolution resolve(Config config, ListenPorts ports) {
        return Seen.of(targets.resolve(config, ports));
    }

    private static Map<String, List<Integer>> byTarget(Resolution round) {
        return round.processes().stream()
                .collect(groupingBy(
                        process -> process.target().name(),
                        TreeMap::new,
                        mapping(process -> process.id().pid(), toList())));
    }

    private static TargetProcess process(Resolution round, int pid) {
        return round.processes().stream()
                .filter(process -> process.id().pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    static String stat(int pid, String comm, int ppid, long start) {
        return ("Path: proc/%d/stat\n|%d (%s) S %d 1 1 0 -1 4194560 98 0 0 0 7 3 0 0 20 0 1 0 %d 313344000 4100"
                        + " 18446744073709551615 94163499171840 94163499971840 140736600909600 0 0 0 0 0\n")
                .formatted(pid, pid, comm, ppid, start);
    }
}
