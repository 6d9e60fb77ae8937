package io.fdsentry.detect.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Verdict;
import io.fdsentry.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each cause from figures and connections made by hand, and what looks like it and is not.
class DiagnosesTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final int DAY = 24 * 60;
    private static final Figures BEFORE = figures(20, 30, 2, 4);

    private static final String OURS = "10.0.0.1:8080";
    private Instant started = AT.minus(Duration.ofDays(30));

    private @Nullable Goroutines goroutines;
    private final List<SocketDetail> sockets = new ArrayList<>();

    @Test
    void closeWaitTowardsOnePeerOneAfterTheOther() {
        drip(TcpState.CLOSE_WAIT, Direction.OUT, 300, "10.2.3.4:8006", "off");
        Explanation told = explain(Resource.CLOSE_WAIT, figures(20, 30, 302, 4));
        assertEquals(Cause.RESPONSE_BODY_NOT_CLOSED, told.cause());
        assertEquals("10.2.3.4:8006", told.peer());
        assertEquals(
                "300 of 332 sockets are CLOSE_WAIT towards 10.2.3.4:8006, the oldest for 1 d 0 h, none used since it was "
                        + "opened; +121 an hour; limit 65,535 in 21 d 4 h: responses are not being closed.",
                told.sentence());
    }

    @Test
    void deadOnesTowardsTheSamePeerBelongToIt() {
        drip(TcpState.CLOSE_WAIT, Direction.OUT, 80, "10.2.3.4:8006", "off");
        drip(TcpState.CLOSED, Direction.OUT, 92, "10.2.3.4:8006", "");
        Explanation told = explain(Resource.CLOSE_WAIT, figures(20, 30, 82, 4));
        assertEquals(Cause.RESPONSE_BODY_NOT_CLOSED, told.cause());
        assertTrue(
                told.sentence().startsWith("80 of 112 sockets are CLOSE_WAIT and 92 more dead but held, towards 10."),
                told.sentence());
    }

    @Test
    void retiredBackendsAreToldWhateverElseWasOpenedSinceTheStart() {
        for (int peer = 1; peer <= 7; peer++) {
            atOnce(360, "127.1.3." + peer + ":9000", peer * DAY);
        }
        assertEquals(
                Cause.RETIRED_BACKEND_CONNECTIONS,
                explain(Resource.CLOSE_WAIT, figures(20, 1_470, 2_522, 4)).cause());
    }

    @Test
    void closeWaitAtOnceTowardsEachOfSeveralPeers() {
        for (int peer = 1; peer <= 3; peer++) {
            atOnce(360, "10.2.3." + peer + ":7000", peer * DAY);
        }
        Explanation told = explain(Resource.CLOSE_WAIT, figures(20, 30, 1082, 4));
        assertEquals(Cause.RETIRED_BACKEND_CONNECTIONS, told.cause());
        assertTrue(
                told.sentence().startsWith("1,080 sockets are CLOSE_WAIT towards 3 peers, 360 for each, the oldest"));
    }

    @Test
    void aBackendThatStillServesIsNotRetired() {
        atOnce(360, "10.2.3.1:7000", DAY);
        atOnce(360, "10.2.3.2:7000", 2 * DAY);
        add(TcpState.ESTABLISHED, Direction.OUT, "10.2.3.1:7000", 5, 1, "off");
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 722, 4)).cause());
    }

    @Test
    void oneStepTowardsOnePeerIsNotEnough() {
        atOnce(360, "10.2.3.1:7000", DAY);
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 362, 4)).cause());
    }

    @Test
    void clientsThatGaveUpWhileThreadsWait() {
        drip(TcpState.CLOSE_WAIT, Direction.IN, 200, "10.0.0.9", "off");
        Explanation told = explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 204));
        assertEquals(Cause.DEADLOCKED_HANDLERS, told.cause());
        assertEquals("10.0.0.9", told.peer());
        assertTrue(told.sentence().contains("; 200 more threads; "), told.sentence());
    }

    @Test
    void clientsThatGaveUpAreNoDeadlockWhileOthersAreServedOrNothingWaits() {
        drip(TcpState.CLOSE_WAIT, Direction.IN, 200, "10.0.0.9", "off");
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 4)).cause());
        add(TcpState.ESTABLISHED, Direction.IN, "10.0.0.8:5000", DAY, 0, "off");
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 204)).cause());
    }

    @Test
    void clientsThatAskedAndWaitedInVainHangBySocketsAlone() {
        hang(200, 10, 80, 0);
        assertEquals(
                Cause.DEADLOCKED_HANDLERS,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 4)).cause());
    }

    @Test
    void aServerThatForgetsToCloseOrNeverAnswersDoesNotHang() {
        hang(200, 10, 80, 500);
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 4)).cause(),
                "it answered");
        sockets.clear();
        hang(200, 0, 80, 0);
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 4)).cause(),
                "nobody waited");
        sockets.clear();
        hang(200, 10, 80, 0);
        started = AT.minus(Duration.ofMinutes(201));
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 4)).cause(),
                "from its start");
    }

    @Test
    void manyGoroutinesAtOneLockAreADeadlockEvenWhileSomeAreServed() {
        drip(TcpState.CLOSE_WAIT, Direction.IN, 200, "10.0.0.9", "off");
        add(TcpState.ESTABLISHED, Direction.IN, "10.0.0.8:5000", DAY, 0, "off");
        goroutines = waiting("main.(*store).get (store.go:42)", "sync.RWMutex.RLock", 190);
        Explanation told = explain(Resource.CLOSE_WAIT, figures(20, 30, 202, 4));
        assertEquals(Cause.DEADLOCKED_HANDLERS, told.cause());
        assertEquals("main.(*store).get (store.go:42)", told.site());
        assertTrue(
                told.sentence()
                        .contains("; 190 goroutines wait at main.(*store).get (store.go:42), sync.RWMutex.RLock, one "
                                + "for at least 12 min; "),
                told.sentence());
    }

    @Test
    void goroutinesAloneWithThePlaceWhereTheyWait() {
        goroutines = waiting("main.watch (watch.go:7)", "chan receive", 900);
        Explanation told = Diagnoses.of(subject(Resource.GOROUTINES, goroutines(1_040), null));
        assertEquals(Cause.GOROUTINE_LEAK, told.cause());
        assertEquals("main.watch (watch.go:7)", told.site());
        assertTrue(
                told.sentence().startsWith("1,040 goroutines, 1,000 more than when the rise began"), told.sentence());
        goroutines = null;
        assertEquals(
                Cause.GOROUTINE_LEAK,
                Diagnoses.of(subject(Resource.GOROUTINES, goroutines(1_040), null))
                        .cause());
    }

    @Test
    void goroutinesThatWaitForPeersThatAreGone() {
        for (int i = 1; i <= 100; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + i + ":36000", i * 60, i * 60, "off");
        }
        goroutines = waiting("main.dial (ssh.go:30)", "IO wait", 100);
        Explanation told = explain(Resource.GOROUTINES, figures(20, 130, 2, 4));
        assertEquals(Cause.HALF_OPEN_PEERS, told.cause());
        assertEquals("main.dial (ssh.go:30)", told.site());
    }

    @Test
    void inboundFromOneAddressAndNeverUsedAgainIsHeldThere() {
        drip(TcpState.ESTABLISHED, Direction.IN, 500, "10.0.0.9", "keepalive");
        Explanation told = explain(Resource.SOCKETS, figures(20, 530, 2, 4));
        assertEquals(Role.HELD, told.role());
        assertEquals(Cause.UNKNOWN, told.cause());
        assertEquals("10.0.0.9", told.peer());
    }

    @Test
    void establishedToOnePeerAndNeverUsedAgain() {
        drip(TcpState.ESTABLISHED, Direction.OUT, 500, "127.0.0.1:8202", "keepalive");
        Explanation told = explain(Resource.SOCKETS, figures(20, 530, 2, 4));
        assertEquals(Cause.CONNECTION_POOL_PER_REQUEST, told.cause());
        assertEquals("127.0.0.1:8202", told.peer());
    }

    @Test
    void establishedToOnePeerWithoutATimerMayBeEither() {
        drip(TcpState.ESTABLISHED, Direction.OUT, 500, "127.0.0.1:8202", "off");
        Explanation told = explain(Resource.SOCKETS, figures(20, 530, 2, 4));
        assertEquals(Cause.UNKNOWN, told.cause());
        assertEquals("127.0.0.1:8202", told.peer());
        assertTrue(
                told.sentence().startsWith("500 connections to 127.0.0.1:8202 are established, 500 of them not used"),
                told.sentence());
    }

    @Test
    void hostsThatAnswerBesideSilentConnectionsAreAlive() {
        for (int host = 0; host < 10; host++) {
            for (int hours = 1; hours <= 4; hours++) {
                add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + host + ":80", hours * 60, hours * 60, "off");
            }
            add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + host + ":80", 30 * DAY, 0, "keepalive");
        }
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.STALE_SOCKETS, figures(20, 80, 2, 4)).cause());
    }

    @Test
    void anIdlePoolBesideALeakIsNotTakenForIt() {
        drip(TcpState.ESTABLISHED, Direction.OUT, 30, "10.9.9.9:5432", "keepalive");
        for (int i = 1; i <= 20; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "10.2.3.4:80", i, i, "keepalive");
        }
        Explanation told = explain(Resource.SOCKETS, figures(20, 50, 2, 4));
        assertEquals(Cause.UNKNOWN, told.cause());
        assertEquals("", told.peer());
    }

    @Test
    void aPoolInUseBesideALeakDoesNotHideIt() {
        for (int i = 0; i < 30; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "10.9.9.9:5432", DAY, 0, "keepalive");
        }
        drip(TcpState.ESTABLISHED, Direction.OUT, 20, "10.2.3.4:80", "keepalive");
        Explanation told = explain(Resource.SOCKETS, figures(20, 50, 2, 4));
        assertEquals(Cause.CONNECTION_POOL_PER_REQUEST, told.cause());
        assertEquals("10.2.3.4:80", told.peer());
    }

    @Test
    void manyFilesOpenedAtTheStartAreNotWhatWasJudged() {
        drip(TcpState.CLOSE_WAIT, Direction.IN, 100, "10.0.0.9", "off");
        assertEquals(
                Cause.DEADLOCKED_HANDLERS,
                explain(Resource.CLOSE_WAIT, figures(320, 30, 102, 104)).cause());
        assertEquals(
                Cause.UNCLOSED_FILES,
                explain(Resource.FDS, figures(420, 30, 102, 104)).cause());
    }

    @Test
    void filesOpenedAtTheStartDoNotHideWhichSocketsRise() {
        drip(TcpState.ESTABLISHED, Direction.OUT, 100, "127.0.0.1:8202", "keepalive");
        assertEquals(
                Cause.CONNECTION_POOL_PER_REQUEST,
                explain(Resource.SOCKETS, figures(110, 130, 2, 4)).cause());
        assertEquals(
                Cause.UNKNOWN, explain(Resource.FDS, figures(110, 130, 2, 4)).cause());
    }

    @Test
    void establishedToOnePeerInUseIsTraffic() {
        for (int i = 0; i < 500; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "127.0.0.1:8202", i + 1, 0, "keepalive");
        }
        assertEquals(
                Cause.UNKNOWN, explain(Resource.SOCKETS, figures(20, 530, 2, 4)).cause());
    }

    @Test
    void aRequestThatCameAMomentAfterItsConnectionIsNotAnAnswer() {
        drip(TcpState.CLOSE_WAIT, Direction.IN, 200, "10.0.0.9", "off");
        add(
                TcpState.ESTABLISHED,
                Direction.IN,
                "10.0.0.8:5000",
                Duration.ofSeconds(2),
                Duration.ofMillis(1_200),
                "off");
        assertEquals(
                Cause.DEADLOCKED_HANDLERS,
                explain(Resource.CLOSE_WAIT, figures(20, 31, 202, 204)).cause());
    }

    @Test
    void establishedWithManyHostsWithoutATimer() {
        for (int i = 1; i <= 100; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + i + ":36000", i * 60, i * 60, "off");
        }
        Explanation told = explain(Resource.STALE_SOCKETS, figures(20, 130, 2, 4));
        assertEquals(Cause.HALF_OPEN_PEERS, told.cause());
        assertTrue(told.sentence().startsWith("100 connections with 100 hosts on port 36000 are established without"));
    }

    @Test
    void aHostThatIsAskedAgainRightNowIsNoLessSilent() {
        for (int i = 1; i <= 100; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + (i % 10) + ":36000", i * 60, i * 60, "off");
        }
        for (int host = 0; host < 10; host++) {
            add(
                    TcpState.ESTABLISHED,
                    Direction.OUT,
                    "10.8.0." + host + ":36000",
                    1,
                    0,
                    host % 2 == 0 ? "retransmit" : "off");
        }
        Explanation told = explain(Resource.STALE_SOCKETS, figures(20, 140, 2, 4));
        assertEquals(Cause.HALF_OPEN_PEERS, told.cause());
        assertTrue(told.sentence().startsWith("100 connections with 10 hosts"), told.sentence());
    }

    @Test
    void hostsOfWhichMostConnectionsAreUsedAreNotSilent() {
        for (int i = 1; i <= 100; i++) {
            int idle = i % 2 == 0 ? i * 60 : 0;
            add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + (i / 10) + ":36000", i * 60, idle, "off");
        }
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.STALE_SOCKETS, figures(20, 80, 2, 4)).cause());
    }

    @Test
    void aKeepaliveTimerWillEndThem() {
        for (int i = 1; i <= 100; i++) {
            add(TcpState.ESTABLISHED, Direction.OUT, "10.8.0." + i + ":36000", i * 60, i * 60, "keepalive");
        }
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.STALE_SOCKETS, figures(20, 130, 2, 4)).cause());
    }

    @Test
    void threadsEpollsAndEventfdsTogether() {
        Figures now = with(FdKind.EVENTPOLL, 50, FdKind.EVENTFD, 50, 104);
        assertEquals(Cause.HTTP_CLIENT_PER_REQUEST, explain(Resource.FDS, now).cause());
        assertEquals(
                Cause.HTTP_CLIENT_PER_REQUEST, explain(Resource.THREADS, now).cause());
    }

    @Test
    void pipesAlone() {
        assertEquals(
                Cause.CHILD_PIPES_NOT_CLOSED,
                explain(Resource.FDS, with(FdKind.PIPE, 60, FdKind.EVENTFD, 0, 4))
                        .cause());
    }

    @Test
    void pipesWithThreadsAreSomethingElse() {
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.FDS, with(FdKind.PIPE, 60, FdKind.EVENTFD, 0, 40))
                        .cause());
    }

    @Test
    void filesAlone() {
        Explanation told = explain(Resource.FDS, figures(420, 30, 2, 4));
        assertEquals(Cause.UNCLOSED_FILES, told.cause());
        assertTrue(told.sentence().startsWith("400 of 400 descriptors more than when the rise began are files and"));
    }

    @Test
    void threadsAlone() {
        assertEquals(
                Cause.THREAD_LEAK,
                explain(Resource.THREADS, figures(20, 30, 2, 90)).cause());
        assertEquals(
                Cause.UNKNOWN,
                explain(Resource.THREADS, figures(20, 130, 2, 90)).cause());
    }

    @Test
    void withoutAListOfConnectionsNoCauseOfConnectionsIsNamed() {
        Explanation told = Diagnoses.of(subject(Resource.CLOSE_WAIT, figures(20, 30, 302, 4), null));
        assertEquals(Cause.UNKNOWN, told.cause());
        assertEquals(
                "close wait rise and do not come back; since the rise began: +300 socket, +300 TCP close_wait; +121 an "
                        + "hour; limit 65,535 in 21 d 4 h: the cause is not known.",
                told.sentence());
    }

    private void drip(TcpState state, Direction direction, int count, String peer, String timer) {
        for (int i = 1; i <= count; i++) {
            int age = DAY * i / count;
            add(state, direction, direction == Direction.IN ? peer + ":" + (40_000 + i) : peer, age, age, timer);
        }
    }

    /// Clients that came one each minute, asked, and closed.
    ///
    /// @param patience seconds between the request and the close
    /// @param sent bytes they got
    private void hang(int count, int patience, long received, long sent) {
        for (int i = 1; i <= count; i++) {
            Instant asked = AT.minus(Duration.ofMinutes(i));
            sockets.add(new SocketDetail(
                    i,
                    Protocol.TCP,
                    TcpState.CLOSE_WAIT,
                    OURS,
                    "10.0.0.9:" + (40_000 + i),
                    Direction.IN,
                    asked,
                    asked.plusSeconds(patience),
                    Duration.between(asked, AT),
                    "off",
                    0,
                    0,
                    null,
                    received,
                    sent,
                    null));
        }
    }

    private static Goroutines waiting(String site, String reason, int count) {
        return new Goroutines(
                Goroutines.Source.NATIVE,
                count + 20,
                Map.of(reason, count),
                List.of(new Goroutines.Site(site, "", reason, count, Duration.ofMinutes(12))));
    }

    private static Figures goroutines(int count) {
        return new Figures(BEFORE.fds(), BEFORE.kinds(), BEFORE.sockets(), BEFORE.tcp(), BEFORE.threads(), count);
    }

    private void atOnce(int count, String peer, int age) {
        for (int i = 0; i < count; i++) {
            add(TcpState.CLOSE_WAIT, Direction.OUT, peer, age, age, "off");
        }
    }

    /// @param age in minutes
    /// @param idle in minutes
    private void add(TcpState state, Direction direction, String peer, int age, int idle, String timer) {
        add(state, direction, peer, Duration.ofMinutes(age), Duration.ofMinutes(idle), timer);
    }

    private void add(TcpState state, Direction direction, String peer, Duration age, Duration idle, String timer) {
        Instant since = AT.minus(age);
        sockets.add(new SocketDetail(
                sockets.size() + 1,
                Protocol.TCP,
                state,
                direction == Direction.IN ? OURS : "10.0.0.1:" + (30_000 + sockets.size()),
                peer,
                direction,
                since,
                since,
                idle,
                timer,
                0,
                0,
                null));
    }

    private Explanation explain(Resource resource, Figures now) {
        return Diagnoses.of(subject(resource, now, Connections.of(AT, sockets)));
    }

    private Subject subject(Resource resource, Figures now, @Nullable Connections connections) {
        Verdict verdict = new Verdict(resource, LeakState.CONFIRMED, 121 / 3600.0, 21 * 86_400.0 + 4 * 3600);
        return new Subject(verdict, AT, started, now, BEFORE, connections, goroutines, 65_535L);
    }

    private static Figures figures(int files, int established, int closeWait, int threads) {
        Counts<FdKind> kinds = Tally.of(FdKind.class)
                .with(FdKind.REGULAR, files)
                .with(FdKind.SOCKET, established + closeWait)
                .done();
        Counts<TcpState> tcp = Tally.of(TcpState.class)
                .with(TcpState.ESTABLISHED, established)
                .with(TcpState.CLOSE_WAIT, closeWait)
                .done();
        return new Figures(kinds.total(), kinds, established + closeWait, tcp, threads, 40);
    }

    private static Figures with(FdKind one, int count, FdKind other, int otherCount, int threads) {
        Counts<FdKind> kinds = Tally.of(FdKind.class)
                .with(FdKind.REGULAR, 20)
                .with(FdKind.SOCKET, 32)
                .with(one, count)
                .with(other, otherCount)
                .done();
        return new Figures(kinds.total(), kinds, 32, BEFORE.tcp(), threads, null);
    }
}
