package io.fdsentry.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.Snapshot;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Descriptors that come and go while they are looked at: nothing crashes, and the sums hold in every round.
@Tag("real")
class ChurnTest {
    private static final int ROUNDS = 200;

    /// Opens and closes sockets, files, pipes and dups for as long as it is watched, connected to itself.
    private static final String CHURN = "exec(\"import threading, random\\n"
            + "def churn():\\n"
            + "  server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(64); held = [server]\\n"
            + "  while True:\\n"
            + "    held.append(socket.create_connection(server.getsockname())); held.append(server.accept()[0])\\n"
            + "    held += list(socket.socketpair()); held.append(open('/dev/null')); held.append(socket.socket())\\n"
            + "    random.shuffle(held); held.remove(server)\\n"
            + "    [one.close() for one in held[60:]]; held = held[:60] + [server]; hold[:] = [0]\\n"
            + "threading.Thread(target=churn, daemon=True).start()\\n\")";

    @Test
    void sumsHoldInEveryRoundOfChurn() {
        try (Python churning = Python.start();
                Watching watching = Watching.pids(churning.pid())) {
            int pid = churning.pid();
            churning.run(CHURN);
            Await.until("it churns", () -> churning.number("len(hold)") == 1);
            int seen = 0;
            for (int i = 0; i < ROUNDS; i++) {
                seen += watching.round().processes().size();
            }
            assertEquals(ROUNDS, seen);
            assertEquals(pid, watching.round().processes().getFirst().id().pid());
        }
    }

    @Test
    void aProcessThatEndsWhileItIsWatchedIsGoneFromTheNextRound() {
        Python first = Python.start();
        try (Watching watching = Watching.pids(first.pid())) {
            assertEquals(1, watching.round().processes().size());
            first.close();
            Snapshot after = Await.value(
                    "its end", watching::round, round -> round.processes().isEmpty());
            assertEquals(0, after.targets().getFirst().processes());
            assertTrue(after.errors().isEmpty(), () -> "an end is no error: " + after.errors());
        }
    }
}
