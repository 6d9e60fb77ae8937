package io.fdsentry.logfmt;

import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.simple.SimpleLoggerFactory;
import org.slf4j.simple.SimpleServiceProvider;

/// `slf4j-simple` with loggers that write logfmt; SLF4J is told of it by name, since two providers on the class
/// path would be a warning.
public final class LogfmtProvider extends SimpleServiceProvider {
    private final ILoggerFactory loggers = new SimpleLoggerFactory() {
        @Override
        protected Logger createLogger(String name) {
            return new LogfmtLogger(name);
        }
    };

    /// Has SLF4J use it; to be called before the first logger is made.
    public static void install() {
        System.setProperty("slf4j.provider", LogfmtProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }
}
