package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.Threads;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Python;
import io.fdsentry.testing.Seen;
import io.fdsentry.testing.WatchedLife;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A thread that calls vfork(2) is in state D until its child has a program of its own; this child never has.
@Tag("real")
class StuckThreadsTest {
    private static final String STUCK = """
            import ctypes, threading
            libc = ctypes.CDLL(None)
            def stuck():
                if libc.vfork() == 0:
                    while True: libc.pause()
            thread = threading.Thread(target=stuck, daemon=True)
            thread.start()
            """;

    @Test
    void aThreadThatWaitsWithoutEndIsToldWithItsAge() throws Exception {
        try (Python python = Python.start();
                WatchedLife life = WatchedLife.of(Map.of("it", python.pid()))) {
            life.play(WatchedLife.ROUND.multipliedBy(2), _ -> {});
            assertEquals(Threads.Stuck.NONE, threads(life).stuck());
            python.run(STUCK);
            Path stat = Path.of("/proc/" + python.pid() + "/task/" + python.run("thread.native_id") + "/stat");
            Await.until("state D", () -> Files.readString(stat).contains(") D "));
            try {
                life.play(WatchedLife.ROUND.multipliedBy(5), _ -> {});

                assertEquals(
                        new Threads.Stuck(1, WatchedLife.ROUND.multipliedBy(4)),
                        threads(life).stuck());
            } finally {
                ProcessHandle.of(python.pid())
                        .ifPresent(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
            }
        }
    }

    private static Threads threads(WatchedLife life) {
        return Seen.of(life.sample("it").threads());
    }
}
