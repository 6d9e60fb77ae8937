package io.fdsentry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.testing.Needs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The optional history rules over twelve days of seven processes, in a real Prometheus: each leak raises the ticket
/// it should, traffic, a deploy and a pool none. `src/yardstick/history.py --yardstick` gives the figures of
/// `docs/detection.md`.
@Tag("real")
class HistoryRulesTest {
    @Test
    void leaksInHistoryRaiseATicketAndTrafficNone() throws Exception {
        Needs.program("python3");
        Needs.program("prometheus");
        Process program = new ProcessBuilder("src/yardstick/history.py")
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, program.waitFor(), said);
        assertEquals(7, said.lines().filter(line -> line.startsWith("ok ")).count(), said);
    }
}
