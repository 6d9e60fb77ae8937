package io.fdsentry.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Counts;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ThreadState;
import io.fdsentry.testing.FakeProc;
import io.fdsentry.testing.InMemory;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidTaskTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void countsThreadsByState() {
        FakeProc fake = threads(5, 2);

        Counts<ThreadState> states = Seen.of(PidTask.read(new ProcFs(fake.proc()), 7));

        assertEquals(3, states.get(ThreadState.SLEEPING));
        assertEquals(2, states.get(ThreadState.RUNNING));
        assertEquals(5, states.total());
    }

    @Test
    void beyondAThousandSomeStandForTheirNeighboursAndTheSumStaysTrue() {
        FakeProc fake = threads(PidTask.ASKED * 2 + 3, PidTask.ASKED);

        Counts<ThreadState> states = Seen.of(PidTask.read(new ProcFs(fake.proc()), 7));

        assertEquals(PidTask.ASKED * 2 + 3, states.total());
        assertTrue(states.get(ThreadState.RUNNING) > 0);
        assertTrue(states.get(ThreadState.SLEEPING) > 0);
    }

    @Test
    void aProcessWithoutThreadsIsGone() {
        ProcFs procfs = new ProcFs(
                FakeProc.empty(directory).add("Directory: proc/7/task\n").proc());

        assertInstanceOf(Outcome.Gone.class, PidTask.read(procfs, 7));
        assertInstanceOf(Outcome.Gone.class, PidTask.read(procfs, 8));
    }

    @Test
    void countsTheThreadsOfThisProcess() {
        ProcFs procfs = new ProcFs(Path.of("/proc"));

        int threads = Seen.of(PidTask.read(procfs, (int) ProcessHandle.current().pid()))
                .total();

        assertTrue(threads > 5, () -> "only " + threads);
    }

    private FakeProc threads(int count, int running) {
        StringBuilder archive = new StringBuilder();
        for (int i = 0; i < count; i++) {
            archive.append("Path: proc/7/task/%d/stat\n|%d (a) b) %s 1\n"
                    .formatted(100 + i, 100 + i, i < running ? 'R' : 'S'));
        }
        return FakeProc.empty(directory).add(archive.toString());
    }
}
