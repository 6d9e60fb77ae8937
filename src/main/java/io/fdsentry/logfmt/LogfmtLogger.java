package io.fdsentry.logfmt;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/// Writes each event as one line on standard error, with one write, so that lines of threads never mix.
final class LogfmtLogger extends LegacyAbstractLogger implements LoggingEventAware {
    LogfmtLogger(String name) {
        this.name = name;
    }

    @Override
    public void log(LoggingEvent event) {
        if (LogLevel.of(event.getLevel()).isEnabled()) {
            String text = format(event.getMessage(), event.getArgumentArray());
            write(LogLevel.of(event.getLevel()), text, event.getKeyValuePairs(), event.getThrowable());
        }
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable error) {
        write(LogLevel.of(level), format(pattern, arguments), null, error);
    }

    /// Writes an event whatever its level.
    static void write(LogLevel level, String message, @Nullable List<KeyValuePair> pairs, @Nullable Throwable error) {
        LogfmtLine line = new LogfmtLine(Instant.now(), level, message);
        if (pairs != null) {
            pairs.forEach(pair -> line.pair(pair.key, pair.value));
        }
        if (error != null) {
            ErrorText.append(line, error);
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        PrintStream out = System.err;
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private static String format(@Nullable String pattern, Object @Nullable [] arguments) {
        String text = MessageFormatter.basicArrayFormat(pattern, arguments);
        return text == null ? "" : text;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return LogLevel.DEBUG.isEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return LogLevel.DEBUG.isEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return LogLevel.INFO.isEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return LogLevel.WARN.isEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return LogLevel.ERROR.isEnabled();
    }
}
