package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.RoundLoop.Sampling;
import io.fdsentry.config.Config;
import io.fdsentry.model.Board;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The loop on a thread of its own; what a round sees is made up. The interval is an hour, so that every round
/// but the first is one that was asked for.
class RoundLoopTest {
    @TempDir
    Path directory;

    private final List<Board> boards = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger chores = new AtomicInteger();
    private final CapturedLog log = new CapturedLog();
    private ConfigKeeper keeper;

    @BeforeEach
    void configure() throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), "sampling: {interval: 1h}");
        keeper = new ConfigKeeper(file, OnError.EXIT, InstantSource.system(), Map.of());
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    @Test
    void roundsAreTakenAtOnceAndWhenAskedForAndEndWithStop() throws Exception {
        RoundLoop loop = loop((_, _) -> Snapshots.of(List.of()));
        Thread thread = Thread.ofPlatform().start(loop);
        Await.until("the first round", () -> boards.size() == 1);
        Await.until("chores, though the first fails", () -> chores.get() > 1);
        assertSame(keeper.inForce().status(), boards.getFirst().config());
        loop.roundNow();
        Await.until("a second round", () -> boards.size() == 2);
        loop.stop();
        thread.join();
        assertEquals(2, boards.size());
    }

    @Test
    void anErrorInARoundIsToldOnceAndDoesNotEndTheLoop() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        RoundLoop loop = loop((_, _) -> {
            if (rounds.incrementAndGet() <= 2) {
                throw new IllegalStateException("procfs is strange");
            }
            return Snapshots.of(List.of());
        });
        Thread thread = Thread.ofPlatform().start(loop);
        Await.until("rounds that fail, and one that does not", () -> {
            loop.roundNow();
            return !boards.isEmpty();
        });
        loop.stop();
        thread.join();
        assertEquals(2, failures.get());
        assertEquals(1, count("level=error msg=\"round failed; trying again\" err=\"IllegalStateException: procfs is"));
        assertEquals(1, count("level=info msg=\"round succeeded again\" failures=2"));
    }

    @Test
    void withoutMemoryTheLoopEnds() {
        RoundLoop loop = loop((_, _) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThrows(OutOfMemoryError.class, loop::run);
        assertTrue(boards.isEmpty());
    }

    private RoundLoop loop(Sampling sampling) {
        return new RoundLoop(keeper, sampling, new World());
    }

    private final class World implements RoundLoop.World {
        @Override
        public void publish(Board board, Config config) {
            boards.add(board);
        }

        @Override
        public void countFailure() {
            failures.incrementAndGet();
        }

        @Override
        public void chores() {
            if (chores.incrementAndGet() == 1) {
                throw new IllegalStateException("a chore that fails");
            }
        }
    }

    private long count(String start) {
        return log.lines().stream().filter(line -> line.startsWith(start)).count();
    }
}
