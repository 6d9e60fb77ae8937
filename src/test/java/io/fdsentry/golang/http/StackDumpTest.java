package io.fdsentry.golang.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Goroutines.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackDumpTest {
    private static final String STUCK = """
            goroutine %d [sync.Mutex.Lock, %d minutes]:
            internal/sync.runtime_SemacquireMutex(0x0?, 0x%x?, 0x0?)
            	/usr/lib/go/src/runtime/sema.go:95 +0x25
            sync.(*Mutex).Lock(...)
            	/usr/lib/go/src/sync/mutex.go:90
            example.com/ruler/notify.(*Sender).run(0xc0000%x, {0x5f2c80, 0xc000124000})
            	/src/ruler/notify/notify.go:88 +0x1d
            created by net/http.(*Server).Serve in goroutine 1
            	/usr/lib/go/src/net/http/server.go:3086 +0x4cb

            """;
    private static final String OTHERS = """
            goroutine 1 [IO wait, 20 minutes, locked to thread]:
            internal/poll.runtime_pollWait(0x7f, 0x72)
            	/usr/lib/go/src/runtime/netpoll.go:345 +0x85
            net/http.(*Server).Serve(0xc0, {0x1, 0x2})
            	/usr/lib/go/src/net/http/server.go:3056 +0x364

            goroutine 7 [sleep, 90 minutes]:
            time.Sleep(0x1)
            	/usr/lib/go/src/runtime/time.go:195 +0x115
            main.tick()
            	/src/main.go:9 +0x1

            goroutine 8 [chan receive (nil chan), 2 minutes]:
            main.main()
            	/src/main.go:10 +0x1
            """;

    @Test
    void goroutinesThatWaitLongAreToldByPlace() {
        StackDump dump = read(STUCK.formatted(20, 14, 1, 1) + STUCK.formatted(21, 17, 2, 2) + OTHERS);

        assertEquals(5, dump.total());
        assertEquals(Map.of("sync.Mutex.Lock", 2, "IO wait", 1), dump.blocked());
        assertEquals(
                List.of(
                        new Site(
                                "example.com/ruler/notify.(*Sender).run notify.go:88",
                                "net/http.(*Server).Serve server.go:3086",
                                "sync.Mutex.Lock",
                                2,
                                Duration.ofMinutes(14),
                                Duration.ofMinutes(18)),
                        new Site(
                                "net/http.(*Server).Serve server.go:3056",
                                "",
                                "IO wait",
                                1,
                                Duration.ofMinutes(17),
                                Duration.ofMinutes(21))),
                dump.sites());
    }

    @Test
    void equalStacksAreWrittenOnce() {
        String text = read(STUCK.formatted(20, 14, 1, 1) + STUCK.formatted(21, 17, 2, 2) + OTHERS)
                .text();

        assertTrue(text.startsWith("""
                goroutine profile: total 5

                2 goroutines [sync.Mutex.Lock, 14 to 17 minutes]:
                internal/sync.runtime_SemacquireMutex(...)
                	/usr/lib/go/src/runtime/sema.go:95
                """), text);
        assertTrue(text.contains("\n\n1 goroutine [IO wait, 20 minutes]:\n"), text);
    }

    @Test
    void whatWaitsTooShortToBeCertainIsNotBlocked() {
        assertEquals(0, read(STUCK.formatted(1, 12, 1, 1)).blocked().size());
        assertEquals(1, read(STUCK.formatted(1, 13, 1, 1)).blocked().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "goroutine 1 [chan receive]:|chan receive|0",
                "goroutine 1 [chan receive (nil chan), 3 minutes]:|chan receive (nil chan)|3",
                "goroutine 1 [select (no cases), 4 minutes, locked to thread]:|select (no cases)|4",
                "goroutine 1 [chan send (scan), 5 minutes]:|chan send|5",
                "goroutine 1 [chan receive (leaked)]:|chan receive|0",
                "goroutine 1 gp=0xc000 m=nil [GC worker (idle), 6 minutes]:|GC worker (idle)|6",
                "goroutine 1 [chan receive, synctest bubble 1] {\"a\":\"b\"}:|chan receive|0"
            })
    void headersOfAllReleasesAreRead(String line, String reason, int minutes) {
        Stack stack = StackHeader.parse(line);

        assertEquals(reason, Objects.requireNonNull(stack).reason());
        assertEquals(minutes, stack.minutes());
    }

    @ParameterizedTest
    @CsvSource({
        "runtime.gopark,true",
        "net/http.(*conn).serve,true",
        "internal/poll.(*FD).Read,true",
        "vendor/golang.org/x/net/http2.f,true",
        "main.main,false",
        "golang.org/x/net/http2.f,false",
        "networks/a.f,false",
        "shop/cart.(*Cart).Add[...],false"
    })
    void theStandardLibraryIsToldByItsFirstElement(String function, boolean standard) {
        assertEquals(standard, StandardLibrary.has(function));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "<html>", "goroutine profile: total 3", "main.main()\n", "goroutine x [y]:\n"})
    void somethingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> read(text));
    }

    @Test
    void aDumpThatIsLongerThanReadSaysSo() {
        StackDump.Reader reader = new StackDump.Reader(Duration.ZERO, 10_000);
        STUCK.formatted(20, 14, 1, 1).lines().forEach(reader::line);

        StackDump dump = reader.end(false);

        assertFalse(dump.whole());
        assertTrue(dump.text().startsWith("goroutine profile: total 1 or more, the rest was cut\n"), dump.text());
        assertThrows(IllegalArgumentException.class, () -> new StackDump.Reader(Duration.ZERO, 0).end(false));
    }

    @Test
    void aLastGoroutineThatIsCutIsLeftOut() {
        assertEquals(1, read(STUCK.formatted(1, 13, 1, 1) + "goroutine 21 [sel").total());
    }

    @Test
    void garbageOfAnyKindIsSurvivedInLittleMemory() {
        Random random = new Random(3);
        StackDump.Reader reader = new StackDump.Reader(Duration.ZERO, 10_000);
        for (int i = 0; i < 20_000; i++) {
            reader.line("goroutine " + i + " [reason " + i + ", 99999999 minutes]:");
            reader.line("main.f" + i + "(".repeat(random.nextInt(4)) + "x".repeat(random.nextInt(2000)));
            reader.line("\t" + "/".repeat(random.nextInt(5)) + i);
        }
        StackDump dump = reader.end(true);

        assertEquals(20_000, dump.total());
        assertTrue(
                dump.blocked().size() <= 65, () -> "reasons: " + dump.blocked().size());
        assertEquals(20_000, dump.blocked().values().stream().mapToInt(n -> n).sum());
        assertTrue(dump.text().length() < 10_100);
    }

    private static StackDump read(String text) {
        return Texts.read(new StackDump.Reader(Duration.ofMinutes(10), 100_000), text);
    }
}
