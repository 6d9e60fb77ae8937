package io.fdsentry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfSeriesTest {
    @Test
    void statusLinesInKibibytesBecomeBytes() {
        Map<String, Long> bytes = SelfSeries.parseStatus(
                List.of("Name:\tjava", "VmSize:\t  123456 kB", "VmRSS:\t    4096 kB", "Threads:\t17", "Odd"));
        assertEquals(Map.of("VmSize", 123_456L * 1024, "VmRSS", 4096L * 1024), bytes);
    }

    @Test
    void ownFiguresArePlausible() {
        Scrape scrape = Scrape.of(Scenario.board(), Scenario.config());
        assertTrue(scrape.sum("process_resident_memory_bytes") > 10e6);
        assertTrue(scrape.sum("process_virtual_memory_bytes") > scrape.sum("process_resident_memory_bytes"));
        assertTrue(scrape.sum("process_cpu_seconds_total") > 0);
        assertTrue(scrape.sum("process_open_fds") > 3);
        assertTrue(scrape.sum("process_max_fds") >= scrape.sum("process_open_fds"));
        assertEquals(
                scrape.sum("jvm_threads_current"), scrape.sum("jvm_threads_state"), scrape.sum("jvm_threads_current"));
    }
}
