package io.fdsentry.golang.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// Texts taken in as if they had arrived.
final class Texts {
    private Texts() {}

    /// @param pieces how many bytes arrive at a time
    static <T> T read(Body<T> body, String text, int pieces) {
        byte[] bytes = text.getBytes(UTF_8);
        Lines lines = new Lines(body::line);
        for (int at = 0; at < bytes.length; at += pieces) {
            lines.add(ByteBuffer.wrap(bytes, at, Math.min(pieces, bytes.length - at)));
        }
        lines.end(true);
        return body.end(true);
    }

    static <T> T read(Body<T> body, String text) {
        return read(body, text, Integer.MAX_VALUE / 2);
    }
}
