package io.fdsentry.logfmt;

import java.io.IOException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/// What the JDK's HTTP server and the Prometheus client say through `java.util.logging`, as lines like our own.
///
/// [#install] costs nothing until the first of them speaks: only then is that logging set up, by the class that
/// the system property names.
public final class JulHandler extends Handler {
    private static final String CONFIG_CLASS = "java.util.logging.config.class";

    /// Used by `java.util.logging`.
    public JulHandler() {
        setFormatter(new SimpleFormatter());
    }

    /// Has that logging speak through this handler, unless the user configured it.
    public static void install() {
        if (System.getProperty(CONFIG_CLASS) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(CONFIG_CLASS, JulConfig.class.getName());
        }
    }

    @Override
    public void publish(LogRecord event) {
        // What speaks here serves HTTP: an I/O error is a client that went away, which is ordinary.
        LogLevel level = event.getThrown() instanceof IOException ? LogLevel.DEBUG : levelOf(event.getLevel());
        if (level.isEnabled()) {
            LoggerFactory.getLogger(JulHandler.class)
                    .makeLoggingEventBuilder(level.slf4j())
                    .setCause(event.getThrown())
                    .log("{}", getFormatter().formatMessage(event));
        }
    }

    @Override
    public void flush() {
        // every line is flushed
    }

    @Override
    public void close() {
        // standard error stays open
    }

    private static LogLevel levelOf(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return LogLevel.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return LogLevel.WARN;
        }
        return level.intValue() >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
    }
}
