package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Very many goroutines, and such as do not rest.
@Tag("real")
class CrowdTest {
    private static final int PARKED = 1000;
    private static final int LOOKS = 1000;
    private static final int CROWD = 100_000;

    @TempDir
    Path directory;

    /// The parked ones are told exactly every time, beside others that come and go as fast as they can, and the
    /// program goes on with its work.
    @Test
    void whoWaitsIsToldExactlyBesideThoseWhoDoNot() {
        tellApart("1.26");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"1.18", "1.20", "1.23", "1.25", "1.27"})
    void whoWaitsIsToldExactlyInEveryLayout(String release) {
        tellApart(release);
    }

    private void tellApart(String release) {
        Path program = GoProgram.build(release, "crowd", Style.PLAIN, directory);
        try (GoTarget target = GoTarget.start(program, Integer.toString(PARKED), "2")) {
            awaitAll(target, PARKED);
            NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            long made = made(target);
            // Whoever works is seen to have moved: on a busy machine the program does not run between any two looks,
            // and one in 256 is parked as often as if he had not.
            for (int hour = 0; hour <= 2; hour++) {
                Seen.of(goroutines.walk(
                        Duration.ofHours(1), Duration.ofHours(hour).toNanos()));
                long before = made(target);
                Await.until("it worked", () -> made(target) > before + 10_000);
            }
            for (int i = 0; i < LOOKS; i++) {
                Goroutines waiting = Seen.of(
                        goroutines.walk(Duration.ofHours(1), Duration.ofHours(2).toNanos()));
                List<String> sites = waiting.sites().stream()
                        .filter(site -> site.createdBy().startsWith("main.main "))
                        // Who makes the short ones waits for them, and may be met doing so twice.
                        .filter(site -> !site.function().startsWith("main.churn "))
                        .map(site -> site.function().replaceFirst(" .*", "") + " " + site.count())
                        .sorted()
                        .toList();
                String expected = "main.locks 250,main.receives 250,main.selects 250,main.sends 250";
                assertEquals(expected, String.join(",", sites), "look " + i);
                // The runtime's own numbers are read one after the other while it moves free ones about.
                assertTrue(waiting.count() > PARKED / 2, () -> "counted " + waiting.count());
            }
            Await.until("its work goes on", () -> made(target) > made + 100_000);
        }
    }

    /// All have begun; on a busy machine some may not wait yet.
    private static void awaitAll(GoTarget target, int all) {
        NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
        Await.until("all wait", () -> {
            Seen.of(goroutines.walk(Duration.ZERO, 0));
            return Seen.of(goroutines.walk(Duration.ZERO, 0)).sites().stream()
                            .filter(site -> site.count() == all / 4)
                            .count()
                    == 4;
        });
    }

    private static long made(GoTarget target) {
        return Long.parseLong(target.ask("made").getFirst());
    }

    @Test
    void aCrowdIsToldExactlyAndKeptSmall() {
        Path program = GoProgram.build("1.26", "crowd", Style.STRIPPED, directory);
        try (GoTarget target = GoTarget.start(program, Integer.toString(CROWD), "0")) {
            awaitAll(target, CROWD);
            NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            assertEquals(Integer.parseInt(target.ask("count").getFirst()), Seen.of(goroutines.count()));
            Seen.of(goroutines.walk(Duration.ZERO, 0));
            Goroutines waiting = Seen.of(goroutines.walk(Duration.ZERO, 1));
            assertEquals(
                    List.of("main.locks", "main.receives", "main.selects", "main.sends"),
                    waiting.sites().stream()
                            .filter(site -> site.count() == CROWD / 4)
                            .map(site -> site.function().replaceFirst(" .*", ""))
                            .sorted()
                            .toList(),
                    () -> waiting.sites().stream().map(Object::toString).collect(Collectors.joining("\n")));
            assertTrue(goroutines.heapBytes() < 40L * CROWD, () -> goroutines.heapBytes() + " bytes");
            NativeGoroutines poor = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            assertEquals(Outcome.denied(Reason.BUDGET), poor.walk(Duration.ZERO, 0, 29L * CROWD / 2));
            assertTrue(poor.count().isSeen() && poor.heapBytes() < CROWD, () -> poor.heapBytes() + " bytes");
            String dump = Seen.of(goroutines.dump(20_000));
            assertTrue(dump.startsWith("goroutine profile: total " + waiting.count() + "\n"), dump);
            assertTrue(dump.contains("\n25000 @ 0x"), dump);
            assertTrue(dump.contains("\tmain.locks+0x"), dump);
        }
    }
}
