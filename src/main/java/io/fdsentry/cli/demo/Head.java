package io.fdsentry.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// The head of an HTTP message, read without taking a byte of its body.
///
/// @param body how many bytes follow
record Head(int body) {
    private static final String LENGTH = "content-length:";
    private static final int LONGEST = 8192;

    /// Reads to its end.
    ///
    /// @throws EOFException if there is none
    static Head read(InputStream in) throws IOException {
        int body = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                body = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        return new Head(body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0 || line.length() > LONGEST) {
                throw new EOFException("the connection was ended");
            }
            line.append((char) c);
            c = in.read();
        }
        return line.toString().strip();
    }
}
