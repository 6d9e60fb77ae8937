package io.fdsentry.incidents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.look.Drawing;
import io.fdsentry.look.Drawing.Drawn;
import io.fdsentry.testing.Await;
import io.fdsentry.testing.Inbox;
import io.fdsentry.testing.Monitoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every panel of the dashboards, drawn in a real browser from what a real Prometheus knows of all incidents: none has
/// an error, and none is empty but those that are a [Blank]. The pictures stay in `target/dashboards`, to be looked at.
@Tag("full")
class PanelsIT {
    private static final List<Incident> ALL = List.of(Incident.values());
    private static final int SPEED = 60;

    @TempDir
    Path directory;

    @Test
    void everyPanelIsDrawn() throws Exception {
        Path build = Files.createDirectory(directory.resolve("programs"));
        try (Inbox inbox = Inbox.open();
                Lookout lookout = Lookout.start(directory, ALL);
                Cast cast = Cast.start(ALL, "leaky", build)) {
            lookout.awaitAll(cast);
            try (Monitoring monitoring = lookout.monitored(SPEED, inbox)) {
                Onlooker.awaitEverything(monitoring, lookout, cast);
                drawAll(monitoring);
            }
        }
    }

    private void drawAll(Monitoring monitoring) throws IOException {
        try (Drawing drawing = Drawing.start(directory, monitoring)) {
            draw(drawing, "fdsentry-fleet", null);
            draw(drawing, "fdsentry-self", null);
            for (Incident incident : ALL) {
                draw(drawing, "fdsentry-process", incident);
            }
        }
    }

    /// A scrape that a busy machine missed leaves a figure empty for a moment, so it is drawn again.
    private static void draw(Drawing drawing, String uid, @Nullable Incident incident) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/dashboards"));
        Path picture = folder.resolve(incident == null ? uid + ".png" : uid + "-" + incident.folder() + ".png");
        Map<String, String> picks = incident == null ? Map.of() : Map.of("target", incident.target);
        Drawn drawn = Await.value(
                "all panels of " + picture,
                () -> drawing.draw(uid, picks, picture),
                now -> now.empty().stream().allMatch(title -> mayBeEmpty(title, incident)));
        assertEquals(List.of(), drawn.problems(), picture::toString);
        assertTrue(drawn.panels() > drawn.empty().size(), drawn::toString);
    }

    private static boolean mayBeEmpty(String title, @Nullable Incident incident) {
        return Blank.of(title + " A", incident) != null;
    }
}
