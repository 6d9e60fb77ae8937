package io.fdsentry.logfmt;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An exception on one line: what happened, with its causes, and where; the whole stack where debugging is
/// wanted.
final class ErrorText {
    private static final String OURS = "io.fdsentry.";
    private static final int MOST_CAUSES = 8;

    private ErrorText() {}

    static void append(LogfmtLine line, Throwable error) {
        line.pair("err", summary(error));
        StackTraceElement place = place(error);
        if (place != null) {
            line.pair("at", place);
        }
        if (LogLevel.DEBUG.isEnabled()) {
            line.pair("stack", stack(error));
        }
    }

    /// `IOException: No such process: caused by ErrnoException: ESRCH`.
    static String summary(Throwable error) {
        StringBuilder text = new StringBuilder(one(error));
        Throwable cause = error.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            text.append(": caused by ").append(one(cause));
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String one(Throwable error) {
        String message = error.getLocalizedMessage();
        String name = error.getClass().getSimpleName();
        return message == null || message.isEmpty() ? name : name + ": " + message;
    }

    private static @Nullable StackTraceElement place(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        return Arrays.stream(frames)
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .orElse(frames.length > 0 ? frames[0] : null);
    }

    private static String stack(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }
}
