package io.fdsentry.target;

import static io.fdsentry.target.Configs.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.config.Config;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.TargetSample;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real processes that start, run other programs, end and are followed by others under the same number.
@Tag("real")
class TargetsRealTest {
    private static final ProcFs PROC = new ProcFs(Path.of("/proc"));
    private static final int REUSED = 7777;

    @Test
    void anExecKeepsTheProcessAndMovesItToItsNewTarget() throws Exception {
        Targets targets = targets(PROC);
        Process process = new ProcessBuilder("sh", "-c", "read line; exec sleep 1000").start();
        try {
            int pid = (int) process.pid();
            Config config = Configs.of(
                    target("sleep", "pid: " + pid, "exe: .*/sleep|.*/coreutils|.*/busybox", "cmdline: sleep 1000"),
                    target("shell", "pid: " + pid, "cmdline: sh -c .*"));
            TargetProcess shell = Await.value("the shell", () -> only(targets, config), is("shell"));

            process.outputWriter().append('\n').flush();

            TargetProcess sleep = Await.value("the exec", () -> only(targets, config), is("sleep"));
            assertEquals(shell.id(), sleep.id());
            assertEquals(shell.startTime(), sleep.startTime());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void itStartedWhenItStarted() throws Exception {
        Instant before = Instant.now();
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            Config config = Configs.of(target("t", "pid: " + process.pid()));

            Instant start = only(targets(PROC), config).startTime();

            assertTrue(start.isAfter(before.minus(Duration.ofSeconds(2))), start + " is long before " + before);
            assertTrue(start.isBefore(Instant.now().plusSeconds(1)), start + " is in the future");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aNumberUsedAgainIsAnotherProcess() {
        try (Python init = inPidNamespace()) {
            ProcFs inside = procfsOf(init);
            Targets targets = targets(inside);
            Config config = Configs.of(target("t", "pid: " + REUSED));

            ProcessId first = startAs(init, targets, config);
            Instant started = only(targets, config).startTime();
            init.run("hold[-1].kill(), hold[-1].wait()");
            assertEquals(List.of(), resolve(targets, config).processes());
            assertEquals(
                    List.of(new TargetSample("t", 0, 0)),
                    resolve(targets, config).targets());

            Await.until(
                    "the clock to tick", () -> startAs(init, targets, config).startTicks() != first.startTicks());

            TargetProcess second = only(targets, config);
            assertEquals(first.pid(), second.id().pid());
            assertNotEquals(first, second.id());
            assertTrue(second.startTime().isAfter(started));
        }
    }

    /// Hundreds of processes come and go between any two reads. None of them may be taken for one of which it
    /// cannot be told, and nothing may fail.
    @Test
    void processesThatVanishWhileTheyAreLookedAtLeaveNoTrace() {
        try (Python init = inPidNamespace()) {
            init.run("import subprocess; hold += [subprocess.Popen(['sh', '-c', 'while :; do /bin/true; (:); done'])"
                    + " for _ in range(3)]");
            Targets targets = targets(procfsOf(init));
            Config config = Configs.of(
                    target("true", "exe: .*/true", "cgroup: .*", "cmdline: .*"),
                    target("shells", "exe: .*sh", "cmdline: .*", "children"));
            int seen = 0;
            for (int round = 0; round < 300 || seen == 0; round++) {
                Resolution resolution = resolve(targets, config);
                assertEquals(0, resolution.hidden());
                resolution.targets().forEach(sample -> assertEquals(0, sample.undecided(), sample.toString()));
                seen += resolution.targets().getFirst().processes();
            }
            init.run("[p.kill() for p in hold]");
        }
    }

    @Test
    void orphansInARealTreeKeepBelonging() {
        try (Python init = inPidNamespace()) {
            Targets targets = targets(procfsOf(init));
            Config config = Configs.of(target("tree", "cmdline: sh -c .*tree.*", "children"));
            init.run("import subprocess; hold += [subprocess.Popen(['sh', '-c',"
                    + " ': tree; (sleep 1000; :) & wait; :'])]");
            Await.until(
                    "shell, subshell and sleep",
                    () -> resolve(targets, config).processes().size() == 3);

            init.run("hold[-1].kill(), hold[-1].wait()");

            assertEquals(2, resolve(targets, config).processes().size());
        }
    }

    private static ProcessId startAs(Python init, Targets targets, Config config) {
        init.run("[(p.kill(), p.wait()) for p in hold]; hold.clear()\n"
                + "import subprocess\n"
                + "open('/proc/sys/kernel/ns_last_pid', 'w').write('" + (REUSED - 1) + "')\n"
                + "hold.append(subprocess.Popen(['sleep', '1000']))");
        assertEquals(REUSED, init.number("hold[-1].pid"));
        return only(targets, config).id();
    }

    private static Python inPidNamespace() {
        Needs.root();
        String unshare = Needs.program("unshare").toString();
        return Python.start(unshare, "--pid", "--fork", "--mount-proc", "--kill-child");
    }

    /// The procfs that is mounted inside the namespace, reached through its first process.
    private static ProcFs procfsOf(Python init) {
        assertEquals(1, init.pid());
        int outside = ProcessHandle.current()
                .descendants()
                .mapToInt(process -> (int) process.pid())
                .filter(TargetsRealTest::isFirstOfNamespace)
                .findFirst()
                .orElseThrow();
        return new ProcFs(Path.of("/proc", Integer.toString(outside), "root/proc"));
    }

    private static boolean isFirstOfNamespace(int pid) {
        PidStatus status = PidStatus.read(PROC, pid).orNull();
        return status != null && status.nsPids().size() == 2 && status.nsPids().getLast() == 1;
    }

    private static Predicate<TargetProcess> is(String target) {
        return process -> process.target().name().equals(target);
    }

    private static TargetProcess only(Targets targets, Config config) {
        List<TargetProcess> processes = resolve(targets, config).processes();
        assertEquals(1, processes.size(), processes.toString());
        return processes.getFirst();
    }

    private static Targets targets(ProcFs procfs) {
        return new Targets(procfs, new ContainerNames(Path.of("/")), InstantSource.system());
    }

    private static Resolution resolve(Targets targets, Config config) {
        return Seen.of(targets.resolve(config, ListenPorts.UNKNOWN));
    }
}
