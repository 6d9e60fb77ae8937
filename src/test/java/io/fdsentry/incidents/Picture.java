package io.fdsentry.incidents;

import com.google.gson.Gson;
import io.fdsentry.incidents.Course.Event;
import io.fdsentry.testing.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;

/// The counts of a run over time, stacked, with the limit and the marks of the verdict: drawn by Chart.js in a real
/// browser.
final class Picture {
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 460;

    /// A line of its own for threads or goroutines that grow at least so much.
    private static final int GROWTH = 20;

    private Picture() {}

    /// A point of a line.
    private record Point(double x, int y) {}

    /// A series over time.
    ///
    /// @param kind `layer` of the stack, or `line` above it
    private record Line(String name, String kind, List<Point> points) {}

    private record Mark(double at, String words) {}

    private record Drawn(List<Line> lines, List<Mark> marks, int limit, double end) {}

    static void draw(Played played, Path file) throws IOException {
        Path folder = Files.createTempDirectory("picture");
        try (InputStream charts = Objects.requireNonNull(Picture.class.getResourceAsStream(CHARTS), CHARTS);
                InputStream page = Objects.requireNonNull(Picture.class.getResourceAsStream("/incident.html"))) {
            Files.copy(charts, folder.resolve("chart.js"), StandardCopyOption.REPLACE_EXISTING);
            String html = new String(page.readAllBytes()).replace("DATA", new Gson().toJson(drawn(played)));
            Path at = Files.writeString(folder.resolve("picture.html"), html);
            try (Browser browser = Browser.start(folder)) {
                browser.size(WIDTH, HEIGHT);
                browser.open(at.toUri().toString());
                browser.await("globalThis.drawn === true");
                browser.picture(file);
            }
        }
    }

    private static Drawn drawn(Played played) {
        List<Moment> moments = played.moments();
        List<Line> lines = new ArrayList<>();
        for (String layer : layers(moments)) {
            lines.add(line(layer, "layer", moments, moment -> moment.layers().getOrDefault(layer, 0)));
        }
        lines.add(line("of these abandoned", "line", moments, Moment::stale));
        lines.add(line("threads", "line", moments, Moment::threads));
        lines.add(line("goroutines", "line", moments, Moment::goroutines));
        lines.removeIf(line -> line.kind().equals("line") && !grows(line));
        return new Drawn(
                lines,
                marks(played.events()),
                moments.getLast().limit(),
                moments.getLast().second());
    }

    /// Those that ever had something, the fullest on top.
    private static Set<String> layers(List<Moment> moments) {
        Map<String, Integer> most = new LinkedHashMap<>();
        for (Moment moment : moments) {
            moment.layers().forEach((layer, count) -> most.merge(layer, count, Math::max));
        }
        Set<String> layers = new LinkedHashSet<>();
        most.entrySet().stream()
                .filter(layer -> layer.getValue() > 0)
                .sorted((a, b) -> Integer.compare(a.getValue(), b.getValue()))
                .forEach(layer -> layers.add(layer.getKey()));
        return layers;
    }

    private static Line line(String name, String kind, List<Moment> moments, ToIntFunction<Moment> count) {
        return new Line(
                name,
                kind,
                moments.stream()
                        .map(moment -> new Point(moment.second(), count.applyAsInt(moment)))
                        .toList());
    }

    private static boolean grows(Line line) {
        int first = line.points().getFirst().y();
        int most = line.points().stream().mapToInt(Point::y).max().orElse(0);
        return most >= first + GROWTH;
    }

    /// What happens within a second is one mark.
    private static List<Mark> marks(List<Event> events) {
        Map<Long, Set<String>> bySecond = new LinkedHashMap<>();
        for (Event event : events) {
            bySecond.computeIfAbsent(Math.round(event.second()), any -> new LinkedHashSet<>())
                    .add(event.what());
        }
        return bySecond.entrySet().stream()
                .filter(second -> !second.getValue().equals(Set.of("evidence")))
                .map(second -> new Mark(second.getKey(), String.join(", ", second.getValue())))
                .toList();
    }
}
