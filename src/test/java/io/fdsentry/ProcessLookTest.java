package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.evidence.DeepLook;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.FdDetail;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLookTest {
    private static final Path PROC = Path.of("/proc");

    private final DeepLook look = new ProcessLook(PROC, _ -> "goroutine 1");
    private final int pid = (int) ProcessHandle.current().pid();
    private final ProcessId self =
            new ProcessId(pid, Seen.of(PidStat.read(new ProcFs(PROC), pid)).startTicks());

    @Test
    void descriptorsAreNamed(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("named"));
        try (ServerSocket _ = new ServerSocket(0);
                InputStream _ = Files.newInputStream(file)) {
            Sampled<FdDetail> fds = look.fds(self, 10_000);
            assertEquals(fds.of(), fds.kept().size());
            assertTrue(fds.kept().stream()
                    .anyMatch(fd -> fd.kind() == FdKind.REGULAR && fd.link().equals(file.toString())));
            assertTrue(fds.kept().stream()
                    .anyMatch(fd -> fd.kind() == FdKind.SOCKET && fd.link().startsWith("socket:[")));
        }
    }

    @Test
    void noMoreThanWantedAreListed() {
        Sampled<FdDetail> fds = look.fds(self, 2);
        assertEquals(2, fds.kept().size());
        assertTrue(fds.isPart());
    }

    @Test
    void anotherProcessWithThatNumberIsNotLookedAt() {
        assertEquals(Sampled.none(), look.fds(new ProcessId(pid, self.startTicks() + 1), 10));
        assertEquals("goroutine 1", look.goroutines(self));
    }
}
