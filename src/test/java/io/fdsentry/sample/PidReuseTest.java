package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Another process under the number of one that ended between two rounds.
@Tag("real")
class PidReuseTest {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");

    @Test
    void nothingOfTheProcessThatHadTheNumberIsLeft() throws Exception {
        Needs.root();
        TestClocks clocks = new TestClocks();
        Python first = Python.start();
        int pid = first.pid();
        first.run("hold += [socket.socket() for _ in range(5)]");
        try (Watching watching = Watching.by(clocks, pid)) {
            ProcessSample before = Watching.of(watching.settled(), pid);
            clocks.pass(Duration.ofHours(1));
            assertEquals(5, sockets(watching, pid).stale().get(StaleReason.CLOSED));
            first.close();
            Process second = Await.value("the same number", () -> startAs(pid), process -> process.pid() == pid);
            try {
                ProcessSample after = Watching.of(watching.round(), pid);
                assertNotEquals(before.id(), after.id());
                assertEquals(0, Seen.of(after.sockets()).protocols().total());
                assertEquals(0, Seen.of(after.sockets()).stale().total());
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    private static Sockets sockets(Watching watching, int pid) {
        return Seen.of(Watching.of(watching.round(), pid).sockets());
    }

    /// Whoever else starts a process at the same time may come first.
    private static Process startAs(int pid) throws IOException, InterruptedException {
        Files.writeString(LAST_PID, Integer.toString(pid - 1));
        Process process = new ProcessBuilder("sleep", "1000").start();
        if (process.pid() != pid) {
            process.destroyForcibly().waitFor();
        }
        return process;
    }
}
