package io.fdsentry.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdsentry.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The dashboards are what Grafana's own types say a dashboard, a panel's options and its fields are. Fetches
/// 600 MB of packages the first time.
@Tag("full")
class GrafanaTypesTest {
    @Test
    void dashboardsAreWhatGrafanaExpects() throws IOException, InterruptedException {
        Needs.program("node");
        Needs.program("npm");
        Process check = new ProcessBuilder("scripts/dashboards.sh", "check")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), said);
    }
}
