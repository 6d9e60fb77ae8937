package io.fdsentry.detect.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Cause;
import io.fdsentry.model.Direction;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Resource;
import io.fdsentry.model.TcpState;
import org.junit.jupiter.api.Test;

/// Causes that are no connections, and which of several that rise together is told.
class DiagnosesTest extends MadeByHand {
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
}
