package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class DumpTest {
    @TempDir
    Path directory;

    @Test
    void stacksAreToldInTheFormOfGoAndReadByItsOwnTools() throws IOException {
        Path program = GoProgram.build("1.26", "waits", Style.STRIPPED, directory);
        try (GoTarget target = GoTarget.start(program)) {
            NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            String dump = Seen.of(goroutines.dump(1_000_000));
            assertTrue(dump.startsWith("goroutine profile: total 61\n"), dump);
            assertTrue(dump.contains("\n# [sync.RWMutex.RLock"), dump);
            assertTrue(dump.contains("\tsync.(*RWMutex).RLock+0x"), dump);
            assertTrue(dump.contains("\tmain.(*keeper).reads+0x"), dump);
            assertTrue(dump.contains("# created by\n#\t0x"), dump);
            assertTrue(top(dump).contains("61, 100% of 61 total"), dump);

            for (int i = 0; i < 3; i++) {
                target.ask("collect");
            }
            assertTrue(Seen.of(goroutines.dump(1_000_000)).contains("# [sync.RWMutex.RLock, at most "));
            String cut = Seen.of(goroutines.dump(2_000));
            assertTrue(cut.length() <= 2_000 && cut.endsWith(" more with other stacks are left out\n"), cut);
        }
    }

    private String top(String dump) throws IOException {
        Path file = Files.writeString(directory.resolve("goroutines.txt"), dump);
        Process pprof = new ProcessBuilder(
                        Needs.unpacked("go/1.26/bin/go").toString(), "tool", "pprof", "-top", file.toString())
                .redirectErrorStream(true)
                .start();
        String told = String.join("\n", pprof.inputReader().lines().toList());
        assertEquals(0, pprof.onExit().join().exitValue(), told);
        return told;
    }
}
