package io.fdsentry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Standard output or error in UTF-8 whatever the locale, which is none in most containers. A [PrintStream] keeps
/// to itself why it could not write; this remembers.
final class StandardStream extends FileOutputStream {
    private static final String READER_LEFT = "Broken pipe";

    private @Nullable IOException failure;

    StandardStream(FileDescriptor descriptor) {
        super(descriptor);
    }

    /// Flushed by whoever writes.
    PrintStream print() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Why something was not written; null where everything was, or where the reader wanted no more.
    @Nullable
    String failure() {
        IOException e = failure;
        return e == null || READER_LEFT.equals(e.getMessage()) ? null : e.getMessage();
    }
}
