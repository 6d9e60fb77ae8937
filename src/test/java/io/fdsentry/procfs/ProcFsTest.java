package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Outcome;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void listsProcessesAndNothingElse() {
        FakeProc fake = FakeProc.unpack(directory, "node");

        int[] pids = Seen.of(new ProcFs(fake.proc()).pids());

        Arrays.sort(pids);
        assertArrayEquals(
                new int[] {1, 2, 900, 1000, 1001, 1100, 1101, 1102, 1200, 1300, 1400, 1500, 2001, 2002, 2003, 2004},
                pids);
    }

    @Test
    void listsThousands() {
        FakeProc fake = FakeProc.empty(directory);
        StringBuilder archive = new StringBuilder();
        for (int pid = 1; pid <= 3000; pid++) {
            archive.append("Directory: proc/").append(pid).append('\n');
        }
        fake.add(archive.toString());

        assertEquals(3000, Seen.of(new ProcFs(fake.proc()).pids()).length);
    }

    @Test
    void findsItselfInTheListAndByTheLink() {
        ProcFs procfs = new ProcFs(Path.of("/proc"));
        int pid = (int) ProcessHandle.current().pid();

        assertTrue(Arrays.stream(Seen.of(procfs.pids())).anyMatch(p -> p == pid));
        assertEquals(Outcome.seen(pid), procfs.self());
    }

    @Test
    void whatIsNotThereIsGone() {
        ProcFs procfs = new ProcFs(FakeProc.unpack(directory, "node").proc());

        assertInstanceOf(Outcome.Gone.class, PidStat.read(procfs, 77));
        assertInstanceOf(Outcome.Gone.class, PidExe.read(procfs, 2));
        assertInstanceOf(Outcome.Gone.class, procfs.numbers("77/task"));
    }

    @Test
    void anEmptyFileIsOfAProcessThatEnds() {
        FakeProc fake = FakeProc.empty(directory).add("Path: proc/7/limits\n|\\\nPath: proc/7/cmdline\n|\\\n");
        ProcFs procfs = new ProcFs(fake.proc());

        assertInstanceOf(Outcome.Gone.class, PidLimits.read(procfs, 7));
        assertEquals(Outcome.seen(""), PidCmdline.read(procfs, 7));
    }

    @Test
    void whatIsOfAnotherKindIsAFailureWithItsName() {
        ProcFs procfs = new ProcFs(FakeProc.unpack(directory, "node").proc());

        String message = assertInstanceOf(Outcome.Failed.class, PidExe.read(procfs, 1300))
                .message();

        assertTrue(message.contains("1300/exe: EINVAL"), message);
    }

    @Test
    void readsArgumentsOfAnyLengthUpToAMebibyte() {
        String long100k = "x".repeat(100_000);
        String tooLong = "y".repeat(Tree.LARGEST + 1000);
        FakeProc fake = FakeProc.empty(directory)
                .add("Path: proc/7/cmdline\n|" + long100k + "\\\nPath: proc/8/cmdline\n|" + tooLong + "\\\n");
        ProcFs procfs = new ProcFs(fake.proc());

        assertEquals(Outcome.seen(long100k), PidCmdline.read(procfs, 7));
        int length = Seen.of(PidCmdline.read(procfs, 8)).length();
        assertTrue(length > Tree.LARGEST - 100_000 && length <= Tree.LARGEST, () -> length + " bytes");
    }

    @Test
    void readsNamesThatAreNoText() {
        ProcFs procfs = new ProcFs(FakeProc.unpack(directory, "node").proc());

        assertEquals(Outcome.seen("/opt/odd tool (v2) caf\uFFFD \u001b[31mred"), PidCmdline.read(procfs, 1400));
        assertEquals("od) S 1 (d", Seen.of(PidStat.read(procfs, 1400)).comm());
    }
}
