package io.fdsentry.logfmt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.spi.LoggingEventAware;

/// Writes each event as one line: `slf4j-simple` the time and the level, this the message and its pairs.
final class LogfmtLogger extends SimpleLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1;

    LogfmtLogger(String name) {
        super(name);
    }

    @Override
    public void log(LoggingEvent event) {
        if (LogLevel.of(event.getLevel()).isEnabled()) {
            String text = format(event.getMessage(), event.getArgumentArray());
            write(event.getLevel(), text, event.getKeyValuePairs(), event.getThrowable());
        }
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable error) {
        write(level, format(pattern, arguments), null, error);
    }

    @Override
    protected boolean isLevelEnabled(int level) {
        return LogLevel.of(Level.intToLevel(level)).isEnabled();
    }

    @Override
    protected String renderLevel(int level) {
        return "level=" + LogLevel.of(Level.intToLevel(level)).label();
    }

    private void write(Level level, String message, @Nullable List<KeyValuePair> pairs, @Nullable Throwable error) {
        LogfmtLine line = new LogfmtLine(message);
        if (pairs != null) {
            pairs.forEach(pair -> line.pair(pair.key, pair.value));
        }
        if (error != null) {
            ErrorText.append(line, error);
        }
        super.handleNormalizedLoggingCall(level, null, "{}", new Object[] {line}, null);
    }

    private static String format(@Nullable String pattern, Object @Nullable [] arguments) {
        String text = MessageFormatter.basicArrayFormat(pattern, arguments);
        return text == null ? "" : text;
    }
}
