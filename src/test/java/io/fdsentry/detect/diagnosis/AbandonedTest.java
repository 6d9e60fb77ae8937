package io.fdsentry.detect.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Resource;
import io.fdsentry.model.TcpState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Connections whose other end is gone: what they are told as, and what looks like it and is not.
class AbandonedTest extends MadeByHand {
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
}
