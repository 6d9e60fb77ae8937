package io.fdsentry.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of the page, and the description of the API, read from the class path once. The page loads nothing
/// from elsewhere, and asks the API for everything it shows.
final class Page {
    private static final int TAG_LENGTH = 16;
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    /// Chart.js, out of its WebJar; the version is that of the pom.
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";

    private record File(String contentType, byte[] content, String tag) {}

    private final Map<String, File> files = new HashMap<>();

    Page() {
        add("/", "page.html", "text/html; charset=utf-8");
        add("/page.css", "page.css", "text/css; charset=utf-8");
        for (String script : List.of("page", "overview", "rows", "process", "view", "charts", "format")) {
            add("/" + script + ".js", script + ".js", SCRIPT);
        }
        add("/chart.js", CHARTS, SCRIPT);
        add("/api/v1/openapi.json", "openapi.json", Exchange.JSON);
        add("/icon.svg", "icon.svg", "image/svg+xml");
    }

    /// What a path answers; null where no file of the page is.
    @Nullable
    Route route(String path) {
        File file = files.get(path);
        return file == null ? null : Route.get(Access.PERSON, Route.Weight.LIGHT, exchange -> answer(exchange, file));
    }

    private static void answer(Exchange exchange, File file) throws IOException {
        exchange.answerHeaders().set("ETag", file.tag());
        exchange.answerHeaders().set("Cache-Control", "no-cache");
        if (file.tag().equals(exchange.header("If-None-Match"))) {
            exchange.notModified();
        } else {
            exchange.whole(200, file.contentType(), file.content());
        }
    }

    private void add(String path, String resource, String contentType) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            byte[] content = in.readAllBytes();
            files.put(path, new File(contentType, content, tag(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(hash).substring(0, TAG_LENGTH) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
