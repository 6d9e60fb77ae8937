package io.fdsentry.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// The lines of an HTTP message's head, read without taking a byte of what follows.
final class Lines {
    private static final int LONGEST = 8192;

    private Lines() {}

    /// The next line, without its end.
    ///
    /// @throws EOFException if there is none
    static String next(InputStream in) throws IOException {
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

    /// @param name of a header, in lower case with its colon
    static boolean startsWith(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name);
    }

    static int number(String line, String name) {
        return Integer.parseInt(line.substring(name.length()).strip());
    }
}
