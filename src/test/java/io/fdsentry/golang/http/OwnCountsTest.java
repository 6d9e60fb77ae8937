package io.fdsentry.golang.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fdsentry.model.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCountsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# HELP go_goroutines Number.\n# TYPE go_goroutines gauge\ngo_goroutines 42\ngo_threads 9\n",
                "go_goroutines{job=\"a\"} 4.2e+01 1700000000000\n",
                "go_sched_goroutines_goroutines 42\r\n",
                "go_goroutines 42\ngo_sched_goroutines_goroutines 43\n# EOF\n",
                "go_goroutines{a=\"1\"} 1\ngo_goroutines{a=\"2\"} 2\ngo_sched_goroutines_goroutines 42\n"
            })
    void goroutinesAreTold(String text) {
        assertEquals(42, read(text).goroutines());
        assertNull(read(text).jvm());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jvm_threads_current 9.0\njvm_threads_peak 12.0\njvm_threads_started_total 99.0\n",
                "jvm_threads_live_threads 9\njvm_threads_peak_threads 12\njvm_threads_started_threads_total 99\n",
            })
    void threadsOfAJvmAreTold(String text) {
        assertEquals(new Threads.Jvm(9, 12, 99), read(text).jvm());
        assertNull(read(text).goroutines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up 1\n",
                "<html>",
                "go_goroutines -1\n",
                "go_goroutines 1e99\n",
                "go_goroutines NaN\n",
                "go_goroutines e\n",
                "go_goroutines{a=\"1\"} 1\ngo_goroutines{a=\"2\"} 2\n"
            })
    void whatTellsNothingOfOneProcessIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> read(text));
    }

    @Test
    void metricsThatWereCutAreRefused() {
        OwnCounts.Reader reader = new OwnCounts.Reader();
        reader.line("go_goroutines 42");

        assertThrows(IllegalArgumentException.class, () -> reader.end(false));
    }

    private static OwnCounts read(String text) {
        return Texts.read(new OwnCounts.Reader(), text);
    }
}
