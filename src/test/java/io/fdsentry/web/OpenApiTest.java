package io.fdsentry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.testing.OpenApi;
import io.fdsentry.testing.Scenario;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The API answers as its description says, and the description as the API answers. [io.fdsentry.look.LookIT]
/// asks the same of a daemon that watches a leak.
class OpenApiTest {
    private Server server;
    private OpenApi described;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        server.history.add(Scenario.board().snapshot());
        described = OpenApi.of(server.get("/api/v1/openapi.json").body());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersAreAsDescribed() throws Exception {
        List<String> departures = new ArrayList<>();
        for (String path : described.paths()) {
            for (String pid : List.of("33", "900", "4242")) {
                HttpResponse<String> answer =
                        server.get(path.replace("{pid}", pid).replace("{id}", "none"));
                if (answer.statusCode() == 200) {
                    departures.addAll(described.departures(path, answer.body()));
                } else {
                    assertEquals("/api/v1/evidence/{id}", path);
                }
            }
        }
        assertEquals(List.of(), departures);
    }

    @Test
    void whatIsNotThereAnswersAsDescribed() throws Exception {
        for (String path : described.paths()) {
            if (path.contains("{")) {
                String nobody = path.replace("{pid}", "31999").replace("{id}", "no-such-record");
                assertEquals(404, server.get(nobody).statusCode(), path);
                assertTrue(described.answers(path, 404), path);
            }
        }
        server.board.set(null);
        for (String path : described.paths()) {
            if (!path.contains("evidence")) {
                assertEquals(503, server.get(path.replace("{pid}", "33")).statusCode(), path);
                assertTrue(described.answers(path, 503), path);
            }
        }
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        for (String path : described.paths()) {
            if (described.answers(path, 304)) {
                String asked = path.replace("{pid}", "4242");
                String tag = server.get(asked).headers().firstValue("ETag").orElseThrow();
                assertEquals(304, server.get(asked, "If-None-Match", tag).statusCode(), path);
            }
        }
    }

    @Test
    void aDepartureIsNoticed() {
        String path = "/api/v1/findings";
        assertEquals(
                List.of(path + " lacks \"items\"", path + ".more is not described in openapi.json"),
                described.departures(path, "{\"more\": 1}"));
        assertEquals(
                List.of(path + ".items is string, not \"array\""), described.departures(path, "{\"items\": \"\"}"));
    }
}
