package io.fdsentry.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Finding;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.WatchedLife;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goroutines of a stripped Go program, read from its memory, that nobody waits for any more; and such as a pool keeps.
@Tag("real")
class GoroutineLivesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    static Path directory;

    private static GoTarget start() {
        return GoTarget.start(GoProgram.build("errands", Style.STRIPPED, directory));
    }

    private static WatchedLife watching(GoTarget target) {
        return WatchedLife.of(Map.of("it", target.id().pid())).every(MINUTE);
    }

    @Test
    void goroutinesThatDoNotEndAreToldWithTheirPlace() {
        try (GoTarget target = start();
                WatchedLife life = watching(target)) {
            target.ask("workers 20");
            life.play(HOUR, _ -> target.ask("work 100"));
            life.playUntilConfirmed("it", HOUR.multipliedBy(24), _ -> {
                target.ask("work 100");
                target.ask("forget 2");
            });

            Finding finding = life.finding("it");

            assertEquals(Cause.GOROUTINE_LEAK, finding.cause(), finding::toString);
            assertEquals(Resource.GOROUTINES, finding.resource(), finding::toString);
            assertEquals(Role.HOLDER, finding.role(), finding::toString);
            assertEquals("main.fetch errands.go:24", finding.site(), finding::toString);
            assertTrue(
                    finding.sentence()
                            .matches(
                                    "\\d+ goroutines, \\d+ more than when the rise began, and no descriptors with them;"
                                            + " \\d+ goroutines wait at main\\.fetch errands\\.go:24, chan send,"
                                            + " one for at least .*, started by main\\.forget errands\\.go:29;"
                                            + " \\+1[12]\\d an hour: goroutines are started and do not end\\."),
                    finding::sentence);
        }
    }

    /// It has more workers from hour to hour, each of which works, up to as many as it may have.
    @Test
    void aPoolOfWorkersThatGrowsToItsBoundIsNone() {
        try (GoTarget target = start();
                WatchedLife life = watching(target)) {
            life.play(HOUR.multipliedBy(3), round -> {
                target.ask("workers " + (20 + round * 480 / 180));
                target.ask("work 2000");
            });
            life.every(MINUTE.multipliedBy(2)).play(HOUR.multipliedBy(9), _ -> target.ask("work 2000"));

            assertFalse(life.everConfirmed("it"), life::toString);
        }
    }
}
