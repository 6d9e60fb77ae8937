package io.fdsentry.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Goroutines;
import io.fdsentry.testing.GoTarget;
import io.fdsentry.testing.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Holds what is read of the goroutines of `waits.go` against what its own runtime tells of them. A program of
/// its own as well, for machines without a test runner.
final class GoroutineTruth {
    /// The goroutine that answers questions.
    private static final long MAIN = 1;

    private GoroutineTruth() {}

    /// @param arguments a folder of built programs, each named by the release of Go that built it; and `stay` where
    ///     it should stay when it is done, until its standard input ends
    public static void main(String[] arguments) throws Exception {
        List<Path> programs;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            programs = files.sorted().toList();
        }
        for (Path program : programs) {
            check(program, program.getFileName().toString());
            System.out.println("truth: equal, Go " + program.getFileName());
        }
        System.out.println("truth: all");
        if (arguments.length > 1 && arguments[1].equals("stay")) {
            var _ = System.in.read();
        }
    }

    static void check(Path program, String release) throws Unreadable {
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
        read.remove(MAIN);
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
