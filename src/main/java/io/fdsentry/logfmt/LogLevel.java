package io.fdsentry.logfmt;

import java.util.Locale;
import org.slf4j.event.Level;

/// How important an event is: the values of `--log.level` and of the key `level`.
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private static volatile LogLevel threshold = INFO;

    /// Events below this one are dropped from now on, also by loggers that are already there.
    public static void setThreshold(LogLevel level) {
        threshold = level;
    }

    /// Whether events of this level are written.
    public boolean isEnabled() {
        return compareTo(threshold) >= 0;
    }

    /// As the flag and the log write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Level slf4j() {
        return Level.valueOf(name());
    }

    static LogLevel of(Level level) {
        return switch (level) {
            case TRACE, DEBUG -> DEBUG;
            case INFO -> INFO;
            case WARN -> WARN;
            case ERROR -> ERROR;
        };
    }
}
