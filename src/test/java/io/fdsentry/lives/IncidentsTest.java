package io.fdsentry.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.FdLimits;
import io.fdsentry.testing.FarEnd;
import io.fdsentry.testing.WatchedLife;
import io.fdsentry.testing.WatchedLife.Conviction;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The incidents this program is for, as sockets, with a limit as large as the machine allows: confirmed by a tenth
/// of the way to it, or within the time after which a handle counts as stuck or idle plus four rounds, whichever is
/// later, and always before half of the way. Where the limit is 2^20 or more, the way is 20,000 handles.
@Tag("real")
class IncidentsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Duration STUCK = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final long VAST = 1 << 20;
    private static final long WAY_OF_VAST = 20_000;

    /// As the machine is.
    WatchedLife watching(Program program) {
        return WatchedLife.of(Map.of("it", program.pid()));
    }

    /// When a leak begins.
    private record Beginning(WatchedLife life, Duration at, int fds) {
        static Beginning of(WatchedLife life) {
            return new Beginning(life, life.passed(), life.openFds("it"));
        }

        void assertInTime(Conviction conviction, Duration stale) {
            FdLimits limits = life.sample("it").limits().orNull();
            long limit = limits == null || limits.effective() == null ? VAST : limits.effective();
            double way = (double) (conviction.fds() - fds) / ((limit >= VAST ? WAY_OF_VAST : limit) - fds);
            Duration took = conviction.at().minus(at);
            boolean early = way <= .1 || took.compareTo(stale.plus(ROUND.multipliedBy(4))) <= 0;
            assertTrue(early && way < .5, () -> "after %s at %.3f of the way; %s".formatted(took, way, life));
        }
    }

    /// A beat every 30 s, one or two connections for each; the controller closes its end a minute later, and resets
    /// some.
    @Test
    void heartbeatsWhoseBodiesWereNeverClosed() {
        try (FarEnd controller = FarEnd.listening();
                FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(Program.FAR);
                WatchedLife life = watching(program)) {
            program.listens();
            life.play(Duration.ofMinutes(15), _ -> program.works(store));
            Beginning leak = Beginning.of(life);
            Conviction conviction = life.playUntilConfirmed("it", DAY, round -> {
                program.works(store);
                if (round % 2 == 0) {
                    program.connects(controller, 1 + round / 2 % 2);
                    if (controller.held() > 4) {
                        controller.reset(round % 20 == 0 ? 1 : 0).close(controller.held() - 3);
                    }
                }
            });
            leak.assertInTime(conviction, STUCK);
            assertEquals(Cause.RESPONSE_BODY_NOT_CLOSED, life.finding("it").cause(), life::toString);
        }
    }

    /// Twenty requests a minute, each with a connection of its own, kept alive for ever.
    @Test
    void aNewTransportForEachRequest() {
        try (FarEnd status = FarEnd.listening();
                FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(Program.FAR);
                WatchedLife life = watching(program)) {
            life.play(Duration.ofMinutes(15), _ -> program.works(store));
            Beginning leak = Beginning.of(life);
            Conviction conviction = life.playUntilConfirmed("it", DAY, _ -> {
                program.works(store).connects(status, 5);
                status.answer(5);
            });
            leak.assertInTime(conviction, IDLE);
            assertEquals(Cause.CONNECTION_POOL_PER_REQUEST, life.finding("it").cause(), life::toString);
        }
    }

    /// 360 workers with a connection each to every backend; at dawn two of the six are replaced.
    @Test
    void retiredBackendsAreForgotten() {
        try (FarEnd backends = FarEnd.listening();
                Program program = Program.withLimit(Program.FAR);
                WatchedLife life = watching(program)) {
            life.every(Duration.ofMinutes(2)).play(DAY, round -> {
                if (round < 6) {
                    program.connects(backends, "hold", "127.0.3." + (round + 1), 360, 0);
                } else {
                    program.does("use(random.sample(hold, 300))");
                }
            });
            Beginning leak = Beginning.of(life);
            Conviction conviction = life.playUntilConfirmed("it", DAY.multipliedBy(3), round -> {
                if (round % 720 < 2) {
                    backends.close(360);
                    program.connects(backends, "hold", "127.0.3." + (7 + round / 720 * 2 + round % 720), 360, 0);
                }
                program.does("use(random.sample(hold[-1800:], 300))");
            });
            leak.assertInTime(conviction, STUCK);
            assertEquals(Cause.RETIRED_BACKEND_CONNECTIONS, life.finding("it").cause(), life::toString);
            assertTrue(life.finding("it").sentence().contains("360 for each"), life::toString);
        }
    }

    /// A request a second hangs; the proxy gives up before the round is over.
    @Test
    void handlersDeadlockBehindTheProxy() {
        try (FarEnd proxy = FarEnd.listening();
                FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(Program.FAR);
                WatchedLife life = watching(program)) {
            int port = program.deadlocks().listens();
            life.play(Duration.ofMinutes(15), _ -> program.works(store));
            Beginning leak = Beginning.of(life);
            Conviction conviction = life.playUntilConfirmed("it", DAY, _ -> {
                program.works(store);
                proxy.ask(15, port).close(15);
                program.hangs(15);
            });
            leak.assertInTime(conviction, STUCK);
            assertEquals(
                    Cause.DEADLOCKED_HANDLERS, life.findings("it").getFirst().cause(), life::toString);
        }
    }

    /// A host a minute accepts and never says a word.
    @Test
    void hostsThatNeverAnswer() {
        try (FarEnd fleet = FarEnd.listening();
                FarEnd store = FarEnd.listening();
                Program program = Program.withLimit(Program.FAR);
                WatchedLife life = watching(program)) {
            life.play(Duration.ofMinutes(15), _ -> program.works(store));
            Beginning leak = Beginning.of(life);
            Conviction conviction = life.playUntilConfirmed("it", DAY.multipliedBy(2), round -> {
                program.works(store);
                if (round % 4 == 0) {
                    program.connects(fleet, "hold", "127.0.4." + (1 + round / 4 % 250), 1, 0);
                }
            });
            leak.assertInTime(conviction, IDLE);
            assertEquals(Cause.HALF_OPEN_PEERS, life.finding("it").cause(), life::toString);
        }
    }
}
