package io.fdsentry.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
final class Exchange {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";

    /// Writes the body of an answer.
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private final HttpExchange http;

    Exchange(HttpExchange http) {
        this.http = http;
    }

    String method() {
        return http.getRequestMethod();
    }

    /// The path as it was sent; empty where the target has none.
    String path() {
        return Objects.requireNonNullElse(http.getRequestURI().getRawPath(), "");
    }

    /// The query as it was sent; empty where there is none.
    String query() {
        return Objects.requireNonNullElse(http.getRequestURI().getRawQuery(), "");
    }

    int targetLength() {
        return http.getRequestURI().toString().length();
    }

    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    boolean hasHeader(String name) {
        return http.getRequestHeaders().containsKey(name);
    }

    InetAddress client() {
        return http.getRemoteAddress().getAddress();
    }

    Headers answerHeaders() {
        return http.getResponseHeaders();
    }

    /// A short text.
    void text(int status, String line) throws IOException {
        whole(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// A body that is there already.
    void whole(int status, String contentType, byte[] body) throws IOException {
        answerHeaders().set("Content-Type", contentType);
        if (isHead() || body.length == 0) {
            answerHeaders().set("Content-Length", Integer.toString(body.length));
            http.sendResponseHeaders(status, -1);
            return;
        }
        http.sendResponseHeaders(status, body.length);
        try (OutputStream out = http.getResponseBody()) {
            out.write(body);
        }
    }

    /// A body that is made while it is sent, compressed for those who take it so.
    void stream(String contentType, Body body) throws IOException {
        answerHeaders().set("Content-Type", contentType);
        answerHeaders().add("Vary", "Accept-Encoding");
        if (isHead()) {
            http.sendResponseHeaders(200, -1);
            return;
        }
        if (takesGzip()) {
            answerHeaders().set("Content-Encoding", "gzip");
            http.sendResponseHeaders(200, 0);
            try (OutputStream out = new GZIPOutputStream(http.getResponseBody(), 8192)) {
                body.writeTo(out);
            }
        } else {
            http.sendResponseHeaders(200, 0);
            try (OutputStream out = http.getResponseBody()) {
                body.writeTo(out);
            }
        }
    }

    /// Has somebody else answer, on a thread of the platform: on a virtual one a [java.io.BufferedWriter] of no
    /// given size begins with 512 characters and is copied at each write until it has 8192, 30 MB for one
    /// exposition.
    void leaveTo(HttpHandler handler) throws IOException, InterruptedException {
        answerHeaders().add("Vary", "Accept-Encoding");
        FutureTask<@Nullable Void> answer = new FutureTask<>(() -> {
            handler.handle(http);
            return null;
        });
        Thread.ofPlatform().daemon().name(Thread.currentThread().getName()).start(answer);
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw asThrown(e.getCause());
        }
    }

    private static IOException asThrown(@Nullable Throwable cause) {
        switch (cause) {
            case IOException io -> {
                return io;
            }
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(cause);
        }
    }

    /// What the client has already.
    void notModified() throws IOException {
        http.sendResponseHeaders(304, -1);
    }

    private boolean isHead() {
        return method().equals("HEAD");
    }

    private boolean takesGzip() {
        String accept = header("Accept-Encoding");
        return accept != null
                && Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .anyMatch(coding -> coding.equals("gzip") || coding.matches("gzip;\\s*q=(1|0\\.0*[1-9]).*"));
    }
}
