package io.fdsentry.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of the page, read from the class path once. It loads nothing from elsewhere, and asks the API for
/// everything it shows.
final class Page {
    private static final int TAG_LENGTH = 16;

    private record File(String contentType, byte[] content, String tag) {}

    private final Map<String, File> files = new HashMap<>();

    Page() {
        add("/", "page.html", "text/html; charset=utf-8");
        add("/page.css", "page.css", "text/css; charset=utf-8");
        add("/page.js", "page.js", "text/javascript; charset=utf-8");
        add("/view.js", "view.js", "text/javascript; charset=utf-8");
        add("/format.js", "format.js", "text/javascript; charset=utf-8");
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
