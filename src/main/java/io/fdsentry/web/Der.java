package io.fdsentry.web;

import java.util.Arrays;

/// Reads elements of DER ([X.690](https://www.itu.int/rec/T-REC-X.690)), as far as a private key needs them.
final class Der {
    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The elements inside the next one.
    Der enter(int tag) {
        return new Der(content(tag));
    }

    /// Goes past the next element.
    void skip() {
        content(bytes[at] & 0xff);
    }

    /// What the next element holds.
    ///
    /// @throws IllegalArgumentException if it is another
    byte[] content(int tag) {
        if ((bytes[at] & 0xff) != tag) {
            throw new IllegalArgumentException("element " + bytes[at] + " where " + tag + " should be");
        }
        at++;
        int length = length();
        if (length > bytes.length - at) {
            throw new IllegalArgumentException("longer than the file");
        }
        byte[] content = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return content;
    }

    private int length() {
        int first = bytes[at++] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = Math.addExact(Math.multiplyExact(length, 256), bytes[at++] & 0xff);
        }
        return length;
    }
}
