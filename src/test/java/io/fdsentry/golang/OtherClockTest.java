package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Goroutines;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.Needs;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In another time namespace the runtime's times are of another clock: ten days ahead of ours, a wait of an hour would
/// begin in the future.
@Tag("real")
class OtherClockTest {
    private static final List<String> TEN_DAYS_AHEAD =
            List.of("unshare", "--time", "--monotonic", "864000", "--fork", "--");

    @TempDir
    Path directory;

    @Test
    void howLongAtMostIsNotToldByAnotherClock() {
        Needs.program("unshare");
        Needs.root();
        Path program = GoProgram.build("1.26", "waits", Style.STRIPPED, directory);
        try (GoTarget target = GoTarget.start(TEN_DAYS_AHEAD, program, Map.of())) {
            NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            for (int i = 0; i < 3; i++) {
                target.ask("collect");
            }
            Seen.of(goroutines.walk(Duration.ZERO, System.nanoTime()));
            Goroutines waiting = Seen.of(goroutines.walk(Duration.ZERO, System.nanoTime()));

            assertTrue(waiting.sites().size() >= 15, waiting::toString);
            waiting.sites().forEach(site -> assertNull(site.blockedAtMost(), site::toString));
            assertFalse(Seen.of(goroutines.dump(100_000)).contains("at most"));
        }
    }
}
