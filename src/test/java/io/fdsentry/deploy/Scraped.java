package io.fdsentry.deploy;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An exposition, asked for values.
record Scraped(String text) {
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /// The value of the only series of a metric that has these labels, null for none.
    @Nullable
    Double value(String metric, String... namesAndValues) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            wanted.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        var found = text.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .filter(line -> labels(line).entrySet().containsAll(wanted.entrySet()))
                .toList();
        if (found.size() > 1) {
            throw new AssertionError("several: " + found);
        }
        return found.isEmpty()
                ? null
                : Double.valueOf(found.getFirst().substring(found.getFirst().lastIndexOf(' ') + 1));
    }

    /// The sum over the processes of a target.
    double sum(String metric, String target) {
        return text.lines()
                .filter(line -> line.startsWith(metric + "{")
                        && target.equals(labels(line).get("target")))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Map<String, String> labels(String line) {
        Map<String, String> labels = new TreeMap<>();
        LABEL.matcher(line).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }
}
