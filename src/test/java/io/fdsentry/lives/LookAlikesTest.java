package io.fdsentry.lives;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fdsentry.testing.FarEnd;
import io.fdsentry.testing.WatchedLife;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What looks like a leak and is none, with real sockets and files: it may be shown, it is never confirmed.
@Tag("real")
class LookAlikesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LIMIT = 4096;

    private static WatchedLife watching(Program program) {
        return WatchedLife.of(Map.of("it", program.pid()));
    }

    private static void assertNeverConfirmed(WatchedLife life) {
        assertFalse(life.everConfirmed("it"), life::toString);
    }

    /// Every connection lives for some rounds and is used as long as it lives; there are twice as many in each stage.
    @Test
    void trafficThatDoublesInStages() {
        try (FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(LIMIT);
                WatchedLife life = watching(program)) {
            life.every(MINUTE.multipliedBy(2));
            for (int size = 20; size <= 640; size *= 2) {
                int many = size;
                life.play(HOUR, round -> {
                    int now = program.number("len(globals().get('hold', []))");
                    int ended = now / 8;
                    program.does("use(hold); shut(hold, " + ended + ")").connects(store, many - now + ended);
                    store.close(ended);
                });
            }
            assertNeverConfirmed(life);
        }
    }

    @Test
    void aPoolThatWarmsUpTo2000() {
        try (FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(LIMIT);
                WatchedLife life = watching(program)) {
            life.every(MINUTE.multipliedBy(2)).play(HOUR.multipliedBy(3), _ -> {
                int now = program.number("len(hold)");
                program.connects(store, (2000 - now) / 20).does("use(random.sample(hold, len(hold) // 4))");
            });
            life.every(MINUTE.multipliedBy(5));
            life.play(HOUR.multipliedBy(3), _ -> program.does("use(random.sample(hold, len(hold) // 4))"));
            assertNeverConfirmed(life);
        }
    }

    @Test
    void aBurstOf10000ShortConnections() {
        try (FarEnd store = FarEnd.listening();
                FarEnd crowd = FarEnd.listening();
                Program program = Program.withLimit(LIMIT);
                WatchedLife life = watching(program)) {
            life.every(MINUTE).play(HOUR, _ -> program.works(store));
            life.every(Duration.ofSeconds(15)).play(Duration.ofMinutes(5), _ -> {
                program.works(store).connects(crowd, "burst", 500).does("use(burst)");
                crowd.close(crowd.held() - 500);
                program.does("shut(burst, len(burst) - 500)");
            });
            program.does("shut(burst, 500)");
            life.every(MINUTE).play(HOUR, _ -> program.works(store));
            assertNeverConfirmed(life);
        }
    }

    /// Browsers come in the morning, stay, are pinged, and go in the evening.
    @Test
    @Tag("full")
    void aWebsocketDay() {
        try (FarEnd browsers = FarEnd.listening();
                Program program = Program.withLimit(LIMIT);
                WatchedLife life = watching(program)) {
            int port = program.listens();
            life.every(MINUTE.multipliedBy(2)).play(HOUR.multipliedBy(24), round -> {
                int minute = 2 * round;
                if (minute >= 360 && minute < 720) {
                    browsers.ask(3, port);
                    program.accepts(3);
                } else if (minute >= 1080 && minute < 1380) {
                    browsers.close(Math.min(4, browsers.held()));
                    program.does("shut(hold, 4)");
                }
                program.does("use(random.sample(hold, len(hold) // 2))");
            });
            assertNeverConfirmed(life);
        }
    }

    /// urllib3 and Apache HttpClient look at an idle connection only when they want to use it again.
    @Test
    void aPoolLeftInCloseWaitForADay() {
        try (FarEnd server = FarEnd.listening();
                Program program = Program.withLimit(1024);
                WatchedLife life = watching(program)) {
            life.every(MINUTE).play(HOUR, round -> {
                program.connects(server, round < 20 ? 10 : 0).does("use(hold)");
            });
            server.close(server.held());
            life.play(HOUR.multipliedBy(3), _ -> {});
            life.every(MINUTE.multipliedBy(4)).play(HOUR.multipliedBy(21), _ -> {});
            program.does("shut(hold, 200)").connects(server, 20);
            life.play(HOUR, _ -> program.does("use(hold)"));
            assertNeverConfirmed(life);
        }
    }

    /// Opened over the morning, idle through the night, used again, and no timer ever ran on it.
    @Test
    void anIdlePoolOfADatabaseWithoutKeepalive() {
        try (FarEnd database = FarEnd.listening();
                Program program = Program.withLimit(1024);
                WatchedLife life = watching(program)) {
            life.every(MINUTE).play(HOUR.multipliedBy(2), round -> {
                int more = round < 50 ? 2 : 0;
                program.connects(database, "hold", "127.0.0.1", more, 0).does("use(hold)");
            });
            life.play(HOUR.multipliedBy(2), _ -> {});
            life.every(MINUTE.multipliedBy(4)).play(HOUR.multipliedBy(12), _ -> {});
            life.play(HOUR, _ -> program.does("use(random.sample(hold, 30))"));
            life.play(HOUR.multipliedBy(7), _ -> {});
            assertNeverConfirmed(life);
        }
    }

    @Test
    @Tag("full")
    void aStoreOfSegmentsThatFillsUntilRetention(@TempDir Path directory) {
        try (Program program = Program.withLimit(LIMIT);
                WatchedLife life = watching(program)) {
            program.does("""
                    import itertools
                    numbers = itertools.count()
                    def segment():
                        hold.append(open('%s/%%d.log' %% next(numbers), 'w'))
                        if len(hold) > 600:
                            old = hold.pop(0)
                            old.close()
                            os.remove(old.name)
                    """.formatted(directory));
            life.every(MINUTE.multipliedBy(2)).play(HOUR.multipliedBy(8), _ -> {
                program.does("for _ in range(4): segment()");
            });
            assertNeverConfirmed(life);
        }
    }
}
