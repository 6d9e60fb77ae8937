package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Seen;
import io.fdsentry.testing.TcpStatesProcess;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// fdsentry restarted beside sockets that were stuck before it came: the kernel's own times are its lower bound.
@Tag("real")
class RestartTest {
    private static final int STUCK = 100;

    @Test
    void theFirstRoundAfterARestartKnowsHowLongSocketsAreStuck() {
        try (TcpStatesProcess process = TcpStatesProcess.start(List.of(), "v4", "close_wait=" + STUCK)) {
            // Ten minutes at this scale are one second.
            Sockets first = Await.value(
                    "a first round that sees them stuck",
                    () -> firstRound(process.pid()),
                    sockets -> older(sockets).get(Age.M10) == STUCK);
            assertEquals(STUCK, first.tcp().get(TcpState.CLOSE_WAIT));
            assertEquals(STUCK, first.stale().get(StaleReason.CLOSE_WAIT));
            assertEquals(
                    STUCK,
                    first.peers().stream()
                            .map(PeerSockets::states)
                            .mapToInt(states -> states.get(TcpState.CLOSE_WAIT))
                            .sum());
        }
    }

    @Test
    void agesGoOnFromRoundToRound() {
        try (TcpStatesProcess process = TcpStatesProcess.start(List.of(), "v6", "close_wait=3", "established=1");
                Watching watching = Watching.with("detection: {time_scale: 600}", process.pid())) {
            int before = 0;
            for (Age age : new Age[] {Age.M1, Age.M10}) {
                int older = Await.value(
                        "older than " + age.label(),
                        () -> older(Seen.of(Watching.of(watching.round(), process.pid())
                                        .sockets()))
                                .get(age),
                        count -> count == 3);
                assertTrue(older >= before);
                before = older;
            }
        }
    }

    private static Counts<Age> older(Sockets sockets) {
        return Objects.requireNonNull(sockets.older().get(TcpState.CLOSE_WAIT));
    }

    private static Sockets firstRound(int pid) {
        try (Watching watching = Watching.with("detection: {time_scale: 600}", pid)) {
            return Seen.of(Watching.of(watching.round(), pid).sockets());
        }
    }
}
