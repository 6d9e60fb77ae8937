package io.fdsentry.golang.http;

import io.fdsentry.model.Threads;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a process tells of itself in Prometheus' text format, or OpenMetrics'.
///
/// @param goroutines `go_goroutines` or `go_sched_goroutines_goroutines`, null where it has neither
/// @param jvm `jvm_threads_*` as the Java client and Micrometer call them, null where they are not complete
public record OwnCounts(@Nullable Integer goroutines, Threads.@Nullable Jvm jvm) {
    private static final Pattern SAMPLE = Pattern.compile(
            "(go_goroutines|go_sched_goroutines_goroutines|jvm_threads_[a-z_]+)(?:\\{[^}]*})? +([0-9.eE+]{1,24})(?: .*)?");

    /// Picks the few samples that are wanted. A name that has more than one says nothing: they are of several
    /// processes.
    static final class Reader implements Body<OwnCounts> {
        private final Map<String, Long> values = new HashMap<>();
        private final Map<String, Integer> times = new HashMap<>();

        @Override
        public void line(String line) {
            if (line.startsWith("go_") || line.startsWith("jvm_threads_")) {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches() && times.size() < 64) {
                    times.merge(sample.group(1), 1, Integer::sum);
                    values.put(sample.group(1), number(sample.group(2)));
                }
            }
        }

        @Override
        public OwnCounts end(boolean whole) {
            if (!whole) {
                throw new IllegalArgumentException("more metrics than are read");
            }
            OwnCounts counts = new OwnCounts(goroutines(), jvm());
            if (counts.goroutines() == null && counts.jvm() == null) {
                throw new IllegalArgumentException("no metric tells goroutines or threads of one process");
            }
            return counts;
        }

        private @Nullable Integer goroutines() {
            OptionalLong count = first("go_goroutines", "go_sched_goroutines_goroutines");
            return count.isPresent() ? Math.toIntExact(count.getAsLong()) : null;
        }

        private Threads.@Nullable Jvm jvm() {
            OptionalLong live = first("jvm_threads_current", "jvm_threads_live_threads", "jvm_threads_live");
            OptionalLong peak = first("jvm_threads_peak", "jvm_threads_peak_threads");
            OptionalLong started = first("jvm_threads_started_total", "jvm_threads_started_threads_total");
            return live.isPresent() && peak.isPresent() && started.isPresent()
                    ? new Threads.Jvm(
                            Math.toIntExact(live.getAsLong()), Math.toIntExact(peak.getAsLong()), started.getAsLong())
                    : null;
        }

        private OptionalLong first(String... names) {
            for (String name : names) {
                Long value = values.get(name);
                if (value != null && times.getOrDefault(name, 0) == 1) {
                    return OptionalLong.of(value);
                }
            }
            return OptionalLong.empty();
        }

        /// @throws IllegalArgumentException if it is no count
        private static long number(String text) {
            double value = Double.parseDouble(text);
            if (!(value >= 0 && value <= Integer.MAX_VALUE)) {
                throw new IllegalArgumentException("no count: " + text);
            }
            return Math.round(value);
        }
    }
}
