package io.fdsentry.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.LeakState;
import io.fdsentry.testing.WatchedLife;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sockets are born and die by the hundred in every round, and nothing of them is remembered.
class SoakTest {
    private static final int A_ROUND = 500;
    private static final int WARM_UP = 20;
    /// Of one socket that is not forgotten about eighty bytes would stay.
    private static final long MOST_MORE = 3_000_000;

    @Test
    @Tag("real")
    void fiftyThousandSocketsLeaveNothingBehind() {
        assertFlat(50_000);
    }

    @Test
    @Tag("full")
    void aMillionSocketsLeaveNothingBehind() {
        assertFlat(1_000_000);
    }

    /// Each round makes connections of a process with itself, by a new port to one of many addresses, and ends those
    /// of three rounds ago by a reset, so that no port waits.
    private static void assertFlat(int sockets) {
        try (Program program = Program.withLimit(4096);
                WatchedLife life = WatchedLife.of(Map.of("it", program.pid()))) {
            program.listens();
            program.does("""
                    listener.close()
                    listener = socket.create_server(('', 0), backlog=1024)
                    port = listener.getsockname()[1]
                    reset = struct.pack('ii', 1, 0)
                    def turn(count):
                        for _ in range(count):
                            c = socket.create_connection(('127.0.%d.%d' % (random.randrange(9), random.randrange(1, 250)), port))
                            s = listener.accept()[0]
                            c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                            hold.append((c, s))
                        while len(hold) > 3 * count:
                            for s in hold.pop(0): s.close()
                    """);
            String turn = "turn(" + A_ROUND / 2 + ")";
            life.play(WatchedLife.ROUND.multipliedBy(WARM_UP), _ -> program.does(turn));
            long before = heap();
            life.play(WatchedLife.ROUND.multipliedBy(sockets / A_ROUND), _ -> program.does(turn));
            long more = heap() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%,d sockets born and dead: %,d bytes of heap more, %,d sockets remembered%n",
                    sockets,
                    more,
                    life.rememberedSockets());
            assertTrue(more < MOST_MORE, () -> more + " bytes more after " + sockets + " sockets");
            assertTrue(life.rememberedSockets() < sockets / 2, () -> life.rememberedSockets() + " are remembered");
            assertEquals(LeakState.NONE, life.state("it"), life::toString);
        }
    }

    /// What is in use after a collection.
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
