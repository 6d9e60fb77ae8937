package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.model.ProcessId;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.OtherJvm;
import io.fdsentry.testing.Seccomp;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;

/// Goroutines are read by a program that dies if it traces, stops, signals or writes to another one, and the
/// one that is read goes on with its work.
@Tag("real")
class UntouchedTest {
    @TempDir
    Path directory;

    @TempDir
    Path classes;

    @Test
    void theTargetIsNeitherStoppedNorTracedNorSignalled() throws Exception {
        Path program = GoProgram.build("1.26", "crowd", Style.STRIPPED, directory);
        OtherJvm jvm = OtherJvm.in(
                classes,
                NativeGoroutines.class,
                Looks.class,
                Logger.class,
                NullMarked.class,
                Assertions.class,
                AssertionFailedError.class,
                JUnitException.class);
        try (GoTarget target = GoTarget.start(program, "100", "1")) {
            ProcessId id = target.id();

            List<String> lines =
                    jvm.run(Seccomp.withoutTouchingOthers(), Looks.class, "" + id.pid(), "" + id.startTicks());

            assertEquals(List.of("dead who signals", "looked"), lines);
            String before = target.ask("made").getFirst();
            Await.until("its work goes on", () -> !target.ask("made").getFirst().equals(before));
        }
    }

    /// Reads all there is, many times over.
    static final class Looks {
        private Looks() {}

        public static void main(String[] arguments) throws Exception {
            Process signaller = new ProcessBuilder("/bin/sh", "-c", "kill -0 $$").start();
            System.out.println(signaller.waitFor() == 0 ? "all is allowed" : "dead who signals");
            ProcessId id = new ProcessId(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
            NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, id));
            for (int i = 0; i < 100; i++) {
                Seen.of(goroutines.count());
                Seen.of(goroutines.walk(Duration.ZERO, i));
            }
            System.out.println(Seen.of(goroutines.dump(100_000)).contains("main.locks") ? "looked" : "nothing");
        }
    }
}
