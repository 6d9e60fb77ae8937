package io.fdsentry.metrics;

import io.fdsentry.config.Config;
import io.fdsentry.model.Board;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a scraper reads: the text format, and each series by its name and labels as text.
final class Scrape {
    private final String text;
    private final Map<String, Double> series = new TreeMap<>();

    private Scrape(String text) {
        this.text = text;
        for (String line : lines()) {
            if (!line.startsWith("#")) {
                int end = line.lastIndexOf(' ');
                String value = line.substring(end + 1).replace("Inf", "Infinity");
                series.put(line.substring(0, end), Double.parseDouble(value));
            }
        }
    }

    static Scrape of(Board board, Config config) {
        Exposition exposition = new Exposition("0.1.0", board.snapshot()::monotonicNanos);
        exposition.publish(board, config);
        return of(exposition);
    }

    static Scrape of(Exposition exposition) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            exposition.writeText(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Scrape(out.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /// Value by series, such as `fdsentry_process_open_fds{pid="33",target="nginx"}`.
    Map<String, Double> series() {
        return series;
    }

    /// The series of one metric whose labels hold all of the given parts, such as `pid="33"`.
    Map<String, Double> series(String metric, String... parts) {
        Map<String, Double> matching = new TreeMap<>();
        series.forEach((name, value) -> {
            boolean named = name.equals(metric) || name.startsWith(metric + "{");
            if (named && List.of(parts).stream().allMatch(name::contains)) {
                matching.put(name, value);
            }
        });
        return matching;
    }

    double sum(String metric, String... parts) {
        return series(metric, parts).values().stream().mapToDouble(x -> x).sum();
    }
}
