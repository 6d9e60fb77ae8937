package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Goroutines;
import io.fdsentry.testing.GoProgram;
import io.fdsentry.testing.GoProgram.Style;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read from outside is what the program's own runtime tells: goroutine by goroutine, release by release.
class GoroutineTruthTest {
    /// The goroutine that answers questions.
    private static final long MAIN = 1;

    @TempDir
    Path directory;

    static List<Arguments> releases() {
        return GoProgram.RELEASES.stream()
                .map(release -> Arguments.of(release, Style.STRIPPED))
                .toList();
    }

    static List<Arguments> styles() {
        return Stream.of(Style.values())
                .map(style -> Arguments.of("1.26", style))
                .toList();
    }

    static List<Arguments> everything() {
        return GoProgram.RELEASES.stream()
                .flatMap(release -> Stream.of(Style.values()).map(style -> Arguments.of(release, style)))
                .toList();
    }

    @Tag("real")
    @ParameterizedTest
    @MethodSource("releases")
    void ofEveryReleaseStripped(String release, Style style) throws Unreadable {
        compare(release, style);
    }

    @Tag("real")
    @ParameterizedTest
    @MethodSource("styles")
    void howeverItWasBuilt(String release, Style style) throws Unreadable {
        compare(release, style);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("everything")
    void ofEveryReleaseHoweverItWasBuilt(String release, Style style) throws Unreadable {
        compare(release, style);
    }

    private void compare(String release, Style style) throws Unreadable {
        Path program = GoProgram.build(release, "waits", style, directory);
        try (GoTarget target = GoTarget.start(program)) {
            NativeGoroutines goroutines = Seen.of(NativeGoroutines.attach(GoTarget.PROC, target.id()));
            assertEquals("1." + goroutines.build().minor(), release);
            assertStacks(target);
            assertEquals(Integer.parseInt(target.ask("count").getFirst()), Seen.of(goroutines.count()));
            for (int i = 0; i < 3; i++) {
                target.ask("collect");
            }
            assertBlocked(target, goroutines);
            target.ask("leaks");
            assertStacks(target);
            assertBlocked(target, goroutines);
        }
    }

    private static void assertStacks(GoTarget target) throws Unreadable {
        Map<Long, DebugStacks.Stack> told =
                new TreeMap<>(DebugStacks.told(target.ask("stacks")).byGoid());
        Map<Long, DebugStacks.Stack> read = new TreeMap<>(
                DebugStacks.read(GoProcess.find(GoTarget.PROC, target.id())).byGoid());
        told.remove(MAIN);
        assertNotNull(read.remove(MAIN));
        told.forEach((goid, stack) -> assertEquals(stack, read.get(goid), "goroutine " + goid));
        read.forEach((goid, stack) -> assertEquals(told.get(goid), stack, "goroutine " + goid));
        assertTrue(told.size() >= 60, () -> "only " + told.size());
    }

    /// Two looks tell the same as the runtime, but for sleepers.
    private static void assertBlocked(GoTarget target, NativeGoroutines goroutines) {
        Map<String, Integer> told = new TreeMap<>();
        DebugStacks.told(target.ask("stacks")).byGoid().forEach((goid, stack) -> {
            if (goid != MAIN && !stack.state().equals("sleep")) {
                told.merge(stack.state().replace(" (leaked)", ""), 1, Integer::sum);
            }
        });
        long now = System.nanoTime();
        Seen.of(goroutines.walk(Duration.ofMinutes(1), now));
        Goroutines waiting = Seen.of(goroutines.walk(
                Duration.ofMinutes(1), now + Duration.ofMinutes(1).toNanos()));
        Map<String, Integer> read = new TreeMap<>(waiting.blocked());
        waiting.sites().stream()
                .filter(site -> site.createdBy().isEmpty())
                .forEach(site -> read.computeIfPresent(site.reason(), (_, n) -> n == 1 ? null : n - 1));
        assertEquals(told, read);
        for (Goroutines.Site site : waiting.sites()) {
            assertTrue(site.createdBy().isEmpty() || site.function().startsWith("main."), site::toString);
            assertTrue(site.blockedAtLeast().compareTo(Duration.ofMinutes(1)) >= 0, site::toString);
            assertTrue(
                    site.blockedAtMost() == null || site.blockedAtMost().compareTo(site.blockedAtLeast()) >= 0,
                    site::toString);
        }
        assertTrue(waiting.sites().stream().anyMatch(site -> site.blockedAtMost() != null));
    }
}
