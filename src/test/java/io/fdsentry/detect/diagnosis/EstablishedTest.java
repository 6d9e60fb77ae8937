package io.fdsentry.detect.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.Resource;
import io.fdsentry.model.Role;
import io.fdsentry.model.TcpState;
import org.junit.jupiter.api.Test;

/// Established connections that are kept: what they are told as, and what looks like it and is not.
class EstablishedTest extends MadeByHand {
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
}
